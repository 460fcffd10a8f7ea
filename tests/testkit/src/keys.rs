//! The keys that sign ID tokens, and the JWK set that publishes them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::sync::lock;

/// How ID tokens are signed (RFC 7518 §3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum SigningAlgorithm {
    /// ECDSA on P-256 with SHA-256: a key is made in no time.
    #[default]
    Es256,
    /// RSASSA-PKCS1-v1_5 with SHA-256 and a 2048-bit key, which takes some tenths of a second to make.
    Rs256,
}

impl SigningAlgorithm {
    /// Returns the algorithm's name in a JWS header.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::Rs256 => "RS256",
        }
    }
}

/// The keys of a server: the newest signs, all are published.
pub(crate) struct KeyRing {
    algorithm: SigningAlgorithm,
    keys: Mutex<Vec<Arc<SigningKey>>>,
}

impl KeyRing {
    pub(crate) fn generate(algorithm: SigningAlgorithm) -> Result<Self, Unspecified> {
        let keys = Mutex::new(vec![Arc::new(SigningKey::generate(algorithm)?)]);
        Ok(Self { algorithm, keys })
    }

    pub(crate) fn algorithm(&self) -> SigningAlgorithm {
        self.algorithm
    }

    /// Makes a new key that signs from now on.
    pub(crate) fn rotate(&self, keep_published: bool) -> Result<(), Unspecified> {
        let key = Arc::new(SigningKey::generate(self.algorithm)?);
        let mut keys = lock(&self.keys);
        if !keep_published {
            keys.clear();
        }
        keys.push(key);
        Ok(())
    }

    /// The JWK set (RFC 7517 §5).
    pub(crate) fn published(&self) -> Value {
        let keys: Vec<Value> = lock(&self.keys).iter().map(|key| key.jwk.clone()).collect();
        json!({ "keys": keys })
    }

    /// Signs claims as a JWS in compact serialisation (RFC 7515 §3.1).
    pub(crate) fn sign(&self, claims: &Value) -> Result<String, Unspecified> {
        self.sign_as("JWT", claims)
    }

    /// The same with the header's `typ`.
    pub(crate) fn sign_as(&self, typ: &str, claims: &Value) -> Result<String, Unspecified> {
        let key = lock(&self.keys).last().cloned().ok_or(Unspecified)?;
        key.sign(self.algorithm, typ, claims)
    }
}

/// Signs claims with a secret that both sides know (HS256).
pub(crate) fn sign_with_secret(secret: &str, claims: &Value) -> String {
    let mut jws = URL_SAFE_NO_PAD.encode(json!({ "alg": "HS256", "typ": "JWT" }).to_string());
    jws.push('.');
    URL_SAFE_NO_PAD.encode_string(claims.to_string(), &mut jws);
    let signature = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), jws.as_bytes());
    jws.push('.');
    URL_SAFE_NO_PAD.encode_string(signature, &mut jws);
    jws
}

/// One key of an issuer's.
pub(crate) struct SigningKey {
    pub(crate) kid: String,
    jwk: Value,
    pair: Pair,
}

enum Pair {
    Ec(EcdsaKeyPair),
    Rsa(RsaKeyPair),
}

impl SigningKey {
    pub(crate) fn generate(algorithm: SigningAlgorithm) -> Result<Self, Unspecified> {
        let (pair, parameters) = match algorithm {
            SigningAlgorithm::Es256 => ec()?,
            SigningAlgorithm::Rs256 => rsa()?,
        };
        // RFC 7638 §3: the required members only, in lexicographic order.
        let kid = URL_SAFE_NO_PAD.encode(digest(&SHA256, sorted(&parameters).as_bytes()));
        let mut jwk = parameters;
        jwk["kid"] = kid.as_str().into();
        jwk["use"] = "sig".into();
        jwk["alg"] = algorithm.as_str().into();
        Ok(Self { kid, jwk, pair })
    }

    // jsonwebtoken would parse the key anew for each signature, and panics at run time where another crate of the
    // user's turns on its second crypto backend.
    pub(crate) fn sign(&self, algorithm: SigningAlgorithm, typ: &str, claims: &Value) -> Result<String, Unspecified> {
        let header = json!({ "alg": algorithm.as_str(), "kid": self.kid, "typ": typ });
        let mut jws = URL_SAFE_NO_PAD.encode(header.to_string());
        jws.push('.');
        URL_SAFE_NO_PAD.encode_string(claims.to_string(), &mut jws);
        let signature = self.sign_bytes(jws.as_bytes())?;
        jws.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut jws);
        Ok(jws)
    }

    pub(crate) fn sign_bytes(&self, message: &[u8]) -> Result<Vec<u8>, Unspecified> {
        match &self.pair {
            Pair::Ec(pair) => Ok(pair.sign(&SystemRandom::new(), message)?.as_ref().to_vec()),
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)?;
                Ok(signature)
            }
        }
    }

    /// The JWK set with this key alone.
    pub(crate) fn published(&self) -> Value {
        json!({ "keys": [self.jwk] })
    }

    /// The private key as PKCS #8 in PEM (RFC 7468 §10), for those who sign with it elsewhere.
    pub(crate) fn pem(&self) -> Result<String, Unspecified> {
        let Pair::Rsa(pair) = &self.pair else { return Err(Unspecified) };
        let der: Pkcs8V1Der<'_> = pair.as_der()?;
        let text = STANDARD.encode(der.as_ref());
        let lines: Vec<_> = text.as_bytes().chunks(64).map(String::from_utf8_lossy).collect();
        Ok(format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", lines.join("\n")))
    }
}

fn ec() -> Result<(Pair, Value), Unspecified> {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)?;
    // SEC 1 §2.3.3: 0x04, then both coordinates.
    let point = pair.public_key().as_ref();
    let (x, y) = point.get(1..).and_then(|xy| xy.split_at_checked(32)).ok_or(Unspecified)?;
    let jwk = json!({
        "kty": "EC",
        "crv": "P-256",
        "x": URL_SAFE_NO_PAD.encode(x),
        "y": URL_SAFE_NO_PAD.encode(y),
    });
    Ok((Pair::Ec(pair), jwk))
}

fn rsa() -> Result<(Pair, Value), Unspecified> {
    let pair = RsaKeyPair::generate(KeySize::Rsa2048)?;
    let (n, e) = {
        let key = pair.public_key();
        (key.modulus(), key.exponent())
    };
    let jwk = json!({
        "kty": "RSA",
        "n": URL_SAFE_NO_PAD.encode(n.big_endian_without_leading_zero()),
        "e": URL_SAFE_NO_PAD.encode(e.big_endian_without_leading_zero()),
    });
    Ok((Pair::Rsa(pair), jwk))
}

/// Prints a flat object with its members in lexicographic order, however `serde_json` orders its maps.
fn sorted(object: &Value) -> String {
    let members: BTreeMap<_, _> = object.as_object().into_iter().flatten().collect();
    serde_json::to_string(&members).unwrap_or_default()
}
