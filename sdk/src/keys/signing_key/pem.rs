use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use zeroize::Zeroizing;

/// The DER in the first block with a private key (RFC 7468). What stands before a block is a comment.
pub(in crate::keys) fn private_key(pem: &[u8]) -> Result<Zeroizing<Vec<u8>>, String> {
    let mut rest = std::str::from_utf8(pem).map_err(|_| "it is not text, so no PEM: is it DER?")?;
    let mut others = Vec::new();
    while let Some((_, after)) = rest.split_once("-----BEGIN ") {
        let (label, after) = after.split_once("-----").ok_or("its PEM is cut off")?;
        let end = format!("-----END {label}-----");
        let (body, after) = after.split_once(&end).ok_or_else(|| format!("its PEM has no line {end:?}"))?;
        match label {
            "PRIVATE KEY" | "RSA PRIVATE KEY" | "EC PRIVATE KEY" => return decode(body).map_err(str::to_owned),
            "ENCRYPTED PRIVATE KEY" => return Err(ENCRYPTED.to_owned()),
            "OPENSSH PRIVATE KEY" => return Err("it is in OpenSSH's own form: convert it to PKCS#8".to_owned()),
            other => others.push(other),
        }
        rest = after;
    }
    Err(match others[..] {
        [] => "it is not valid PEM: there is no line `-----BEGIN PRIVATE KEY-----`".to_owned(),
        _ => format!("its PEM has no private key, only {}", others.join(", ")),
    })
}

/// The DER in the first block with a certificate.
pub(super) fn certificate(pem: &[u8]) -> Result<Vec<u8>, &'static str> {
    let text = std::str::from_utf8(pem).map_err(|_| "it is not text, so no PEM: is it DER?")?;
    let (_, body) = text
        .split_once("-----BEGIN CERTIFICATE-----")
        .ok_or("its PEM has no certificate: there is no line `-----BEGIN CERTIFICATE-----`")?;
    let (body, _) = body.split_once("-----END CERTIFICATE-----").ok_or("the PEM of its certificate is cut off")?;
    decode(body).map(|der| der.to_vec())
}

const ENCRYPTED: &str = "it is encrypted: decrypt it first, as by `openssl pkey`";

fn decode(body: &str) -> Result<Zeroizing<Vec<u8>>, &'static str> {
    // The header fields of an older form (RFC 1421 §4.6.1), which openssl writes above what it encrypts.
    if body.contains("ENCRYPTED") {
        return Err(ENCRYPTED);
    }
    if body.contains("\\n") {
        return Err("its line breaks are written as `\\n`: they must be line breaks");
    }
    let mut text = Zeroizing::new(Vec::with_capacity(body.len()));
    text.extend(body.bytes().filter(|byte| !byte.is_ascii_whitespace()));
    let mut der = Zeroizing::new(Vec::with_capacity(text.len()));
    BASE64_STANDARD.decode_vec(&*text, &mut der).map_err(|_| "its PEM is not base64")?;
    Ok(der)
}
