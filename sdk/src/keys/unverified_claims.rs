use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::lenient::JsonObject;

/// Tokens with hundreds of group memberships reach some 20 KiB.
pub(super) const MAX_JWT: usize = 64 * 1024;

/// The claims of a JWT, whatever its header and its signature say: to see whose a token is that is, or was, verified elsewhere. `None` for
/// what is encrypted, too long or no JWT.
pub(crate) fn unverified_claims(token: &str) -> Option<JsonObject> {
    if token.len() > MAX_JWT {
        return None;
    }
    let mut parts = token.split('.').skip(1);
    let (claims, _signature, None) = (parts.next()?, parts.next()?, parts.next()) else { return None };
    JsonObject::read(URL_SAFE_NO_PAD.decode(claims).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jwt(claims: &str) -> String {
        format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims))
    }

    #[test]
    fn only_the_claims_of_a_signed_jwt_of_a_bounded_length_are_read() {
        let subject = |token: &str| unverified_claims(token)?.text("sub").map(str::to_owned);
        assert_eq!(subject(&jwt(r#"{"sub":"alice"}"#)).as_deref(), Some("alice"));
        let encrypted = format!("{}.dGFn.dGFn", jwt(r#"{"sub":"alice"}"#));
        let long = jwt(&format!(r#"{{"sub":"alice","groups":"{}"}}"#, "g".repeat(MAX_JWT)));
        let twice = jwt(r#"{"sub":"alice","sub":"mallory"}"#);
        for other in [encrypted.as_str(), &long, &twice, "e30.e30", "opaque", "", "..", "e30.?.c2ln"] {
            assert_eq!(subject(other), None);
        }
    }
}
