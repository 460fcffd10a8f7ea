use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::algorithm::{Algorithm, algorithm_by_name};
use super::jwe::is_encrypted;
use crate::error::{Error, Kind, Result};
use crate::lenient::unique_members;
use crate::text::ServerText;

/// Tokens with hundreds of group memberships reach some 20 KiB.
const MAX_JWT: usize = 64 * 1024;

/// What a JWT says before anybody has looked at its signature (RFC 7519 §7.2, RFC 8725).
pub(crate) struct UnverifiedJwt<'a> {
    pub(crate) algorithm: Algorithm,
    pub(crate) key_id: Option<String>,
    pub(crate) claims: Map<String, Value>,
    /// Header and claims as they were signed (RFC 7515 §5.2).
    pub(crate) message: &'a str,
    pub(crate) signature: Vec<u8>,
}

/// By its `typ` a JWT says of which kind it is (RFC 8725 §3.11).
#[derive(Clone, Copy)]
pub(crate) enum Typ {
    /// One without a `typ` is taken to be of one of these kinds.
    IfPresent(&'static [&'static str]),
    Required(&'static [&'static str]),
}

impl<'a> UnverifiedJwt<'a> {
    /// Reads a compact serialisation; `what` names the token in an error, nothing of which quotes it.
    pub(crate) fn read(what: &str, token: &'a str, typ: Typ) -> Result<Self> {
        let refuse = |reason: &str| Error::new(Kind::Security, format!("the {what} is refused: {reason}"));
        if token.len() > MAX_JWT {
            return Err(refuse("it is longer than 64 KiB"));
        }
        let parts = token.rsplit_once('.').and_then(|(message, signature)| {
            let (header, claims) = message.split_once('.')?;
            (!claims.contains('.')).then_some((message, header, claims, signature))
        });
        let Some((message, header, claims, signature)) = parts else {
            return Err(if is_encrypted(token) {
                Error::unsupported(format!(
                    "the {what} is encrypted, and there is no key to decrypt it with: give the client a `DecryptionKey`, or have \
                     the server only sign it"
                ))
            } else {
                refuse("it has not the three parts of a signed JWT (RFC 7515 §3.1)")
            });
        };
        // Only the one spelling: otherwise two different strings would be the same token.
        let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).ok();
        let signature = decode(signature).ok_or_else(|| refuse("its signature is not base64url"))?;
        // Otherwise a reader of the first and a reader of the last of two members would see two different texts under one
        // signature (RFC 7515 §4, RFC 7519 §4).
        let object = |part| unique_members(&decode(part)?);
        let header =
            object(header).ok_or_else(|| refuse("its header is not base64url of a JSON object without duplicates"))?;
        let claims =
            object(claims).ok_or_else(|| refuse("its claims are not base64url of a JSON object without duplicates"))?;
        let algorithm = check_header(&header, typ).map_err(|reason| refuse(&reason))?;
        let key_id = header.get("kid").and_then(Value::as_str).map(str::to_owned);
        Ok(Self { algorithm, key_id, claims, message, signature })
    }

    /// The claims alone, whatever the header says: to see whose a token is that cannot be verified.
    pub(crate) fn peek(token: &str) -> Option<Map<String, Value>> {
        if token.len() > MAX_JWT {
            return None;
        }
        let mut parts = token.split('.').skip(1);
        let (claims, _signature, None) = (parts.next()?, parts.next()?, parts.next()) else { return None };
        unique_members(&URL_SAFE_NO_PAD.decode(claims).ok()?)
    }
}

/// RFC 8725 §3: what a header must not say.
fn check_header(header: &Map<String, Value>, typ: Typ) -> Result<Algorithm, Cow<'static, str>> {
    // Nothing beyond RFC 7515 itself is understood here, and `crit` names nothing else (§4.1.11).
    if header.contains_key("crit") {
        return Err("its header has a critical extension (`crit`), and none is known here".into());
    }
    // §3.11: a token of another kind, `at+jwt` or `logout+jwt`, is not this one.
    let is_of_kind = |typ: &Value, kinds: &[&str]| {
        let typ = typ.as_str().unwrap_or_default().to_ascii_lowercase();
        let typ = typ.strip_prefix("application/").unwrap_or(&typ);
        kinds.iter().any(|known| typ.eq_ignore_ascii_case(known))
    };
    match (header.get("typ"), typ) {
        (None, Typ::IfPresent(_)) => {}
        (Some(given), Typ::IfPresent(kinds) | Typ::Required(kinds)) if is_of_kind(given, kinds) => {}
        (None, Typ::Required(_)) => return Err("its header does not say what it is (`typ`)".into()),
        (given @ Some(_), _) => {
            let given = ServerText::member(given);
            return Err(format!("its header says that it is something else: its `typ` is {given}").into());
        }
    }
    if header.contains_key("cty") {
        return Err("its header has a content type (`cty`), so that what is signed is not its claims".into());
    }
    if header.get("kid").is_some_and(|kid| !kid.is_string()) {
        return Err("the key ID (`kid`) in its header is no string".into());
    }
    match header.get("alg").and_then(Value::as_str) {
        Some(name) if name.eq_ignore_ascii_case("none") => Err("it is not signed (`alg` is `none`)".into()),
        Some(name) => algorithm_by_name(name).ok_or_else(|| {
            format!("its signature algorithm (`alg`) is {:?}, which is not supported", ServerText::new(name)).into()
        }),
        None => Err("its header has no signature algorithm (`alg`)".into()),
    }
}
