//! Makes JWTs: claims, signed, in the compact serialisation (RFC 7515 §3.1, RFC 7519 §7.1).

use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::{Engine as _, encoded_len};
use serde::Serialize;
use serde_json::{Map, Value};

use super::{HmacAlgorithm, Signer, SigningAlgorithm};
use crate::error::{Error, Result};

/// The protected header (RFC 7515 §4.1).
#[derive(Serialize)]
struct Header<'a> {
    alg: &'a str,
    typ: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kid: Option<&'a str>,
    #[serde(rename = "x5t#S256", skip_serializing_if = "Option::is_none")]
    certificate: Option<&'a str>,
}

/// Signs claims; `typ` says what kind of JWT it is (RFC 8725 §3.11).
pub(crate) async fn sign(signer: &dyn Signer, typ: &str, claims: &(impl Serialize + Sync)) -> Result<String> {
    let algorithm = signer.algorithm();
    let certificate = signer.certificate_thumbprint();
    let header = Header { alg: algorithm.name(), typ, kid: signer.key_id(), certificate };
    let message = message(&encoded_header(&header)?, claims, algorithm.signature_length())?;
    let signature = signer.sign(message.as_bytes()).await?;
    signed(algorithm, message, &signature)
}

/// The header of all JWTs of one kind that carry the public key, for servers that do not know it yet (RFC 7515 §4.1.3): encoded
/// once, for [`message`].
pub(super) fn header_with_jwk(algorithm: SigningAlgorithm, typ: &str, jwk: &Map<String, Value>) -> String {
    let members = [("alg", algorithm.name().into()), ("jwk", jwk.clone().into()), ("typ", typ.into())];
    let header: Map<_, Value> = members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    URL_SAFE_NO_PAD.encode(Value::from(header).to_string())
}

/// Puts the signature behind what it signs, if it is one of that algorithm.
pub(super) fn signed(algorithm: SigningAlgorithm, message: String, signature: &[u8]) -> Result<String> {
    if algorithm.signature_length().is_some_and(|length| length != signature.len()) {
        return Err(Error::configuration(format!(
            "the signer's signature has {} bytes, which no signature of {algorithm} has: DER is turned into the form of \
             RFC 7518 §3.4 by `SigningAlgorithm::signature_from_der`",
            signature.len()
        )));
    }
    Ok(compact(message, signature))
}

/// The same with a secret that both sides know.
pub(crate) fn sign_with_secret(
    algorithm: HmacAlgorithm,
    secret: &[u8],
    typ: &str,
    claims: &impl Serialize,
) -> Result<String> {
    let header = encoded_header(&Header { alg: algorithm.name(), typ, kid: None, certificate: None })?;
    let message = message(&header, claims, Some(algorithm.shortest_secret()))?;
    let tag = algorithm.sign(secret, message.as_bytes());
    Ok(compact(message, tag.as_ref()))
}

/// What is signed (RFC 7515 §5.1), with room for the signature behind it.
pub(super) fn message(header: &str, claims: &impl Serialize, signature_length: Option<usize>) -> Result<String> {
    let claims = json(claims)?;
    let room = |bytes: usize| encoded_len(bytes, false).unwrap_or_default() + 1;
    let room = header.len() + room(claims.len()) + room(signature_length.unwrap_or_default());
    let mut message = String::with_capacity(room);
    message.push_str(header);
    message.push('.');
    URL_SAFE_NO_PAD.encode_string(claims, &mut message);
    Ok(message)
}

fn encoded_header(header: &Header<'_>) -> Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(json(header)?))
}

fn json(value: &impl Serialize) -> Result<Vec<u8>> {
    // Room for what most claims are.
    let mut json = Vec::with_capacity(512);
    serde_json::to_writer(&mut json, value)
        .map_err(|error| Error::configuration("the claims cannot be written as JSON").with_source(error))?;
    Ok(json)
}

fn compact(mut message: String, signature: &[u8]) -> String {
    message.push('.');
    URL_SAFE_NO_PAD.encode_string(signature, &mut message);
    message
}
