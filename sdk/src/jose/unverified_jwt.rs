use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::algorithm::{Algorithm, algorithm_by_name};
use super::jwe::is_encrypted;
use crate::error::{Error, Kind, Result};

/// Tokens with hundreds of group memberships reach some 20 KiB.
const LONGEST: usize = 64 * 1024;

/// What a JWT says before anybody has looked at its signature (RFC 7519 §7.2, RFC 8725).
pub(crate) struct UnverifiedJwt {
    pub(crate) algorithm: Algorithm,
    pub(crate) key_id: Option<String>,
    pub(crate) claims: Map<String, Value>,
}

impl UnverifiedJwt {
    /// Reads a compact serialisation; `what` names the token in an error, nothing of which quotes it.
    pub(crate) fn read(what: &str, token: &str) -> Result<Self> {
        Self::read_typed(what, token, &["JWT"])
    }

    /// The same for a token of one of these kinds, by its `typ`; one without a `typ` may be any (RFC 8725 §3.11).
    pub(crate) fn read_typed(what: &str, token: &str, kinds: &[&str]) -> Result<Self> {
        let refuse = |reason: &str| Error::new(Kind::Security, format!("the {what} is refused: {reason}"));
        if token.len() > LONGEST {
            return Err(refuse("it is longer than 64 KiB"));
        }
        let parts: Vec<&str> = token.split('.').collect();
        let [header, claims, signature] = parts[..] else {
            return Err(match parts.len() {
                5 if is_encrypted(token) => Error::unsupported(format!(
                    "the {what} is encrypted, and there is no key to decrypt it with: give the client a `DecryptionKey`, or have \
                     the server only sign it"
                )),
                _ => refuse("it has not the three parts of a signed JWT (RFC 7515 §3.1)"),
            });
        };
        // Only the one spelling: otherwise two different strings would be the same token.
        let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).ok();
        decode(signature).ok_or_else(|| refuse("its signature is not base64url"))?;
        let object = |part| serde_json::from_slice(&decode(part)?).ok();
        let header = object(header).ok_or_else(|| refuse("its header is not base64url of a JSON object"))?;
        let claims = object(claims).ok_or_else(|| refuse("its claims are not base64url of a JSON object"))?;
        let algorithm = check_header(&header, kinds).map_err(refuse)?;
        let key_id = header.get("kid").and_then(Value::as_str).map(str::to_owned);
        Ok(Self { algorithm, key_id, claims })
    }
}

/// RFC 8725 §3: what a header must not say.
fn check_header(header: &Map<String, Value>, kinds: &[&str]) -> Result<Algorithm, &'static str> {
    // Nothing beyond RFC 7515 itself is understood here, and `crit` names nothing else (§4.1.11).
    if header.contains_key("crit") {
        return Err("its header has a critical extension (`crit`), and none is known here");
    }
    // §3.11: a token of another kind, `at+jwt` or `logout+jwt`, is not this one.
    let is_of_kind = |typ: &Value| {
        let typ = typ.as_str().unwrap_or_default().to_ascii_lowercase();
        let typ = typ.strip_prefix("application/").unwrap_or(&typ);
        kinds.iter().any(|known| typ.eq_ignore_ascii_case(known))
    };
    if header.get("typ").is_some_and(|typ| !is_of_kind(typ)) {
        return Err("its header says that it is something else (by its `typ`)");
    }
    if header.contains_key("cty") {
        return Err("its header has a content type (`cty`), so that what is signed is not its claims");
    }
    if header.get("kid").is_some_and(|kid| !kid.is_string()) {
        return Err("the key ID (`kid`) in its header is no string");
    }
    match header.get("alg").and_then(Value::as_str) {
        Some(name) if name.eq_ignore_ascii_case("none") => Err("it is not signed (`alg` is `none`)"),
        Some(name) => algorithm_by_name(name).ok_or("its signature algorithm (`alg`) is not supported"),
        None => Err("its header has no signature algorithm (`alg`)"),
    }
}
