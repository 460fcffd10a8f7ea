use std::borrow::Cow;

use super::algorithm::{Algorithm, algorithm_by_name};
use super::jwe::is_encrypted;
use super::unverified_claims::MAX_JWT;
use crate::error::{Error, Fault, Result};
use crate::lenient::JsonObject;
use crate::text::ServerText;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// What may stand before the kind in a `typ` (RFC 7515 §4.1.9).
const MEDIA_TYPE: &str = "application/";

/// A JWT before its signature is verified (RFC 7519 §7.2, RFC 8725).
pub(crate) struct UnverifiedJwt<'a> {
    pub(crate) algorithm: Algorithm,
    header: JsonObject,
    pub(crate) claims: JsonObject,
    /// Header and claims as they were signed (RFC 7515 §5.2).
    pub(crate) message: &'a str,
    pub(crate) signature: Vec<u8>,
}

/// By its `typ` a JWT says of which kind it is (RFC 8725 §3.11).
#[derive(Clone, Copy)]
pub(crate) enum Typ<'k> {
    /// One without a `typ` is taken to be of one of these kinds.
    IfPresent(&'k [&'k str]),
    Required(&'k [&'k str]),
}

impl<'a> UnverifiedJwt<'a> {
    /// Reads a compact serialisation; `what` names the token in an error, nothing of which quotes it.
    pub(crate) fn read(what: &str, token: &'a str, typ: Typ<'_>) -> Result<Self> {
        let refuse = |reason: &str| Error::new(Fault::Security, format!("the {what} is refused: {reason}"));
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
        let object = |part| JsonObject::read(decode(part)?);
        let header =
            object(header).ok_or_else(|| refuse("its header is not base64url of a JSON object without duplicates"))?;
        let claims =
            object(claims).ok_or_else(|| refuse("its claims are not base64url of a JSON object without duplicates"))?;
        let algorithm = check_header(&header, typ).map_err(|reason| refuse(&reason))?;
        Ok(Self { algorithm, header, claims, message, signature })
    }

    /// The key that has signed it, by its ID (RFC 7515 §4.1.4).
    pub(crate) fn key_id(&self) -> Option<&str> {
        self.header.text("kid")
    }
}

/// RFC 8725 §3: what a header must not say.
fn check_header(header: &JsonObject, typ: Typ<'_>) -> Result<Algorithm, Cow<'static, str>> {
    // Nothing beyond RFC 7515 itself is understood here, and `crit` names nothing else (§4.1.11).
    if header.has("crit") {
        return Err("its header has a critical extension (`crit`), and none is known here".into());
    }
    // §3.11: a token of another kind, `at+jwt` or `logout+jwt`, is not this one.
    let is_of_kind = |kinds: &[&str]| {
        let typ = header.text("typ").unwrap_or_default();
        let prefix = typ.split_at_checked(MEDIA_TYPE.len()).filter(|(start, _)| start.eq_ignore_ascii_case(MEDIA_TYPE));
        let typ = prefix.map_or(typ, |(_, kind)| kind);
        kinds.iter().any(|known| typ.eq_ignore_ascii_case(known))
    };
    match (header.has("typ"), typ) {
        (false, Typ::IfPresent(_)) => {}
        (true, Typ::IfPresent(kinds) | Typ::Required(kinds)) if is_of_kind(kinds) => {}
        (false, Typ::Required(_)) => return Err("its header does not say what it is (`typ`)".into()),
        (true, _) => {
            let given = ServerText::member(header.get("typ"));
            return Err(format!("its header says that it is something else: its `typ` is {given}").into());
        }
    }
    if header.has("cty") {
        return Err("its header has a content type (`cty`), so that what is signed is not its claims".into());
    }
    if header.has("kid") && header.text("kid").is_none() {
        return Err("the key ID (`kid`) in its header is not a string".into());
    }
    match header.text("alg") {
        Some(name) if name.eq_ignore_ascii_case("none") => Err("it is not signed (`alg` is `none`)".into()),
        Some(name) => algorithm_by_name(name).ok_or_else(|| {
            format!("its signature algorithm (`alg`) is {:?}, which is not supported", ServerText::new(name)).into()
        }),
        None => Err("its header has no signature algorithm (`alg`)".into()),
    }
}
