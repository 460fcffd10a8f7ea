//! Makes JWTs: claims, signed, in the compact serialisation (RFC 7515 §3.1, RFC 7519 §7.1).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde_json::{Map, Value};

use super::{HmacAlgorithm, Signer};
use crate::error::{Error, Result};

/// The protected header (RFC 7515 §4.1).
#[derive(Serialize)]
struct Header<'a> {
    alg: &'a str,
    typ: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kid: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    jwk: Option<&'a Map<String, Value>>,
}

/// Signs claims; `typ` says what kind of JWT it is (RFC 8725 §3.11).
pub(crate) async fn sign(signer: &dyn Signer, typ: &str, claims: &(impl Serialize + Sync)) -> Result<String> {
    let header = Header { alg: signer.algorithm().name(), typ, kid: signer.key_id(), jwk: None };
    sign_message(signer, message(&header, claims)?).await
}

/// The same with the public key in the header, for a server that does not know it yet (RFC 7515 §4.1.3).
pub(crate) async fn sign_with_jwk(
    signer: &dyn Signer,
    typ: &str,
    jwk: &Map<String, Value>,
    claims: &(impl Serialize + Sync),
) -> Result<String> {
    let header = Header { alg: signer.algorithm().name(), typ, kid: None, jwk: Some(jwk) };
    sign_message(signer, message(&header, claims)?).await
}

async fn sign_message(signer: &dyn Signer, message: String) -> Result<String> {
    let algorithm = signer.algorithm();
    let signature = signer.sign(message.as_bytes()).await?;
    if algorithm.signature_length().is_some_and(|length| length != signature.len()) {
        return Err(Error::configuration(format!(
            "the signer's signature has {} bytes, which no signature of {algorithm} has: DER is turned into the form of \
             RFC 7518 §3.4 by `SigningAlgorithm::signature_from_der`",
            signature.len()
        )));
    }
    Ok(compact(message, &signature))
}

/// The same with a secret that both sides know.
pub(crate) fn sign_with_secret(
    algorithm: HmacAlgorithm,
    secret: &[u8],
    typ: &str,
    claims: &impl Serialize,
) -> Result<String> {
    let message = message(&Header { alg: algorithm.name(), typ, kid: None, jwk: None }, claims)?;
    let tag = algorithm.sign(secret, message.as_bytes());
    Ok(compact(message, tag.as_ref()))
}

/// What is signed (RFC 7515 §5.1).
fn message(header: &Header<'_>, claims: &impl Serialize) -> Result<String> {
    let json = |error| Error::configuration("the claims cannot be written as JSON").with_source(error);
    let mut message = URL_SAFE_NO_PAD.encode(serde_json::to_vec(header).map_err(json)?);
    message.push('.');
    URL_SAFE_NO_PAD.encode_string(serde_json::to_vec(claims).map_err(json)?, &mut message);
    Ok(message)
}

fn compact(mut message: String, signature: &[u8]) -> String {
    message.push('.');
    URL_SAFE_NO_PAD.encode_string(signature, &mut message);
    message
}
