use aws_lc_rs::rsa::{KeyPairComponents, PublicKeyComponents};
use aws_lc_rs::signature::{EcdsaKeyPair, Ed25519KeyPair, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::curve::Curve;
use super::encoded::why_no_rsa;
use super::pair::Pair;
use crate::keys::{SigningAlgorithm, der};
use crate::lenient;

/// What a private JWK says.
pub(super) struct PrivateKey {
    pub(super) pair: Pair,
    pub(super) algorithm: Option<SigningAlgorithm>,
    pub(super) key_id: Option<String>,
}

/// The members of RFC 7517 §4, RFC 7518 §6 and RFC 8037 §2; which of them a key needs depends on its type.
#[derive(Deserialize)]
pub(in crate::keys) struct PrivateJwk {
    pub(in crate::keys) kty: String,
    #[serde(rename = "use")]
    pub(in crate::keys) purpose: Option<String>,
    pub(in crate::keys) key_ops: Option<Vec<String>>,
    pub(in crate::keys) alg: Option<String>,
    pub(in crate::keys) kid: Option<String>,
    pub(in crate::keys) crv: Option<String>,
    pub(in crate::keys) x: Option<String>,
    y: Option<String>,
    n: Option<String>,
    e: Option<String>,
    d: Option<SecretString>,
    p: Option<SecretString>,
    q: Option<SecretString>,
    dp: Option<SecretString>,
    dq: Option<SecretString>,
    qi: Option<SecretString>,
    #[cfg(feature = "oidc")]
    k: Option<SecretString>,
    oth: Option<serde::de::IgnoredAny>,
}

type Read<T> = Result<T, String>;

pub(super) fn read(jwk: &str) -> Read<PrivateKey> {
    let jwk = PrivateJwk::parse(jwk)?;
    if jwk.purpose.as_deref().is_some_and(|purpose| purpose != "sig") {
        return Err("its JWK is not for signatures (`use`)".to_owned());
    }
    if jwk.key_ops.as_ref().is_some_and(|operations| !operations.iter().any(|one| one == "sign")) {
        return Err("its JWK is not for signing (`key_ops`)".to_owned());
    }
    let algorithm = jwk.alg.as_deref().map(|name| {
        name.parse().map_err(|_| format!("its JWK is for {name:?} (`alg`), which is no algorithm that is known here"))
    });
    let algorithm = algorithm.transpose()?;
    Ok(PrivateKey { pair: jwk.pair()?, algorithm, key_id: jwk.kid })
}

impl PrivateJwk {
    pub(in crate::keys) fn parse(jwk: &str) -> Read<Self> {
        lenient::read_json(jwk.as_bytes()).map_err(|error| {
            // The error itself may quote a value.
            format!("it is not a JSON object of a JWK (RFC 7517 §4; line {}, column {})", error.line(), error.column())
        })
    }

    /// The key pair that it is.
    pub(in crate::keys) fn pair(&self) -> Read<Pair> {
        match self.kty.as_str() {
            "RSA" => read_rsa(self),
            "EC" => read_ec(self),
            "OKP" => read_okp(self),
            "oct" => Err("its JWK is a secret (`oct`), no key pair: `client_secret_jwt` signs with one".to_owned()),
            other => Err(format!("its JWK is of the type {other:?} (`kty`), which is not known here")),
        }
    }

    /// The private number `d`, or the secret `k`.
    #[cfg(feature = "oidc")]
    pub(in crate::keys) fn private(&self, name: &str) -> Read<Zeroizing<Vec<u8>>> {
        secret(name, if name == "k" { self.k.as_ref() } else { self.d.as_ref() })
    }
}

fn read_rsa(jwk: &PrivateJwk) -> Read<Pair> {
    if jwk.oth.is_some() {
        return Err("its JWK has more than two primes (`oth`)".to_owned());
    }
    let components = KeyPairComponents {
        d: secret("d", jwk.d.as_ref())?,
        public_key: PublicKeyComponents { n: number("n", jwk.n.as_deref())?, e: number("e", jwk.e.as_deref())? },
        p: secret("p", jwk.p.as_ref())?,
        q: secret("q", jwk.q.as_ref())?,
        dP: secret("dp", jwk.dp.as_ref())?,
        dQ: secret("dq", jwk.dq.as_ref())?,
        qInv: secret("qi", jwk.qi.as_ref())?,
    };
    RsaKeyPair::from_components(&components).map(Pair::Rsa).map_err(|refusal| why_no_rsa(&refusal).to_owned())
}

fn read_ec(jwk: &PrivateJwk) -> Read<Pair> {
    let name = jwk.crv.as_deref().ok_or_else(|| missing("crv"))?;
    let curve = Curve::ALL.into_iter().find(|known| known.name() == name);
    let curve = curve.ok_or_else(|| format!("its JWK is on the curve {name:?} (`crv`), which is not known here"))?;
    let d = secret("d", jwk.d.as_ref())?;
    let (x, y) = (public("x", jwk.x.as_deref())?, public("y", jwk.y.as_deref())?);
    if [&*d, &x, &y].iter().any(|number| number.len() != curve.length()) {
        return Err(format!("its JWK has a number that is not of {name}'s length"));
    }
    // An uncompressed point (SEC 1 §2.3.3).
    let point = [&[4][..], &x, &y].concat();
    EcdsaKeyPair::from_private_key_and_public_key(curve.signing(), &d, &point)
        .map(|pair| Pair::Ec(curve, pair))
        .map_err(|_| "the two halves of its JWK do not belong together".to_owned())
}

fn read_okp(jwk: &PrivateJwk) -> Read<Pair> {
    match jwk.crv.as_deref() {
        Some("Ed25519") => {}
        Some(other) => return Err(format!("its JWK is on the curve {other:?} (`crv`), which is not known here")),
        None => return Err(missing("crv")),
    }
    let (d, x) = (secret("d", jwk.d.as_ref())?, public("x", jwk.x.as_deref())?);
    if d.len() != 32 {
        return Err("its JWK has a number that is not of Ed25519's length".to_owned());
    }
    Ed25519KeyPair::from_seed_and_public_key(&d, &x)
        .map(Pair::Ed25519)
        .map_err(|_| "the two halves of its JWK do not belong together".to_owned())
}

fn secret(name: &str, value: Option<&SecretString>) -> Read<Zeroizing<Vec<u8>>> {
    let value = match (value, name) {
        (Some(value), _) => value.expose_secret(),
        (None, "d") => return Err("its JWK is a public key: there is no `d`".to_owned()),
        (None, _) => return Err(missing(name)),
    };
    let mut bytes = Zeroizing::new(Vec::with_capacity(value.len()));
    URL_SAFE_NO_PAD.decode_vec(value, &mut bytes).map_err(|_| not_base64url(name))?;
    Ok(bytes)
}

fn public(name: &str, value: Option<&str>) -> Read<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(value.ok_or_else(|| missing(name))?).map_err(|_| not_base64url(name))
}

fn number(name: &str, value: Option<&str>) -> Read<Vec<u8>> {
    public(name, value).map(|number| der::without_leading_zeros(&number).to_vec())
}

fn missing(name: &str) -> String {
    format!("its JWK has no `{name}`")
}

fn not_base64url(name: &str) -> String {
    format!("the `{name}` of its JWK is not base64url")
}
