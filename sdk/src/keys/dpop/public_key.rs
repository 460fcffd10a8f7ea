use serde_json::{Map, Value};

use crate::error::{Error, Result};
use crate::keys::{SigningAlgorithm, thumbprint};

/// What a proof shows of the key: the members that make it, and their thumbprint.
#[derive(Clone)]
pub(super) struct PublicKey {
    pub(super) jwk: Map<String, Value>,
    pub(super) thumbprint: String,
}

/// Of every private or symmetric JWK (RFC 7518 §6.2.2, §6.3.2, §6.4.1).
const PRIVATE_MEMBERS: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

impl PublicKey {
    /// A JWK as it was given, for that algorithm; what does not make the key is left out.
    pub(super) fn read(jwk: &Value, algorithm: SigningAlgorithm) -> Result<Self> {
        let unusable = |why: &str| Error::configuration(format!("the DPoP key's public JWK cannot be used: {why}"));
        let given = jwk.as_object().ok_or_else(|| unusable("it is not a JSON object"))?;
        if PRIVATE_MEMBERS.iter().any(|name| given.contains_key(*name)) {
            return Err(unusable("it holds a private key, and every server that is asked would get it"));
        }
        let missing = || unusable("a member is missing that makes the key (RFC 7518 §6)");
        let jwk = thumbprint::members(given).ok_or_else(missing)?;
        let jwk: Map<_, _> = jwk.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
        let text = |name: &str| jwk.get(name).and_then(Value::as_str);
        if (text("kty"), text("crv")) != kind(algorithm) {
            return Err(unusable(&format!("it is no key for {algorithm}, with which the signer signs")));
        }
        let thumbprint = thumbprint::of(&jwk).ok_or_else(missing)?;
        Ok(Self { jwk, thumbprint })
    }
}

/// The `kty` and `crv` of the keys for an algorithm (RFC 7518 §3.1, RFC 8037 §3.1).
fn kind(algorithm: SigningAlgorithm) -> (Option<&'static str>, Option<&'static str>) {
    use SigningAlgorithm::{Ed25519, EdDsa, Es256, Es384, Es512, Ps256, Ps384, Ps512, Rs256, Rs384, Rs512};
    match algorithm {
        Rs256 | Rs384 | Rs512 | Ps256 | Ps384 | Ps512 => (Some("RSA"), None),
        Es256 => (Some("EC"), Some("P-256")),
        Es384 => (Some("EC"), Some("P-384")),
        Es512 => (Some("EC"), Some("P-521")),
        EdDsa | Ed25519 => (Some("OKP"), Some("Ed25519")),
    }
}
