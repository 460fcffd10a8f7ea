use openidconnect::{ClaimsVerificationError, SignatureVerificationError};

use crate::error::{Error, Kind};

pub(super) fn refused(reason: &str) -> Error {
    Error::new(Kind::Security, format!("the ID token is refused: {reason}"))
}

/// Puts a refusal by `openidconnect` into our own words: its own quote the token.
///
/// The reasons that our callbacks and our key type gave are passed on; they quote nothing.
pub(super) fn explain(refusal: ClaimsVerificationError, issuer: &str, client_id: &str) -> Error {
    use ClaimsVerificationError as Refusal;
    match refusal {
        Refusal::Expired(_) => {
            refused("it has expired (`exp`): is this machine's clock right? If so, a new login brings a new one")
        }
        Refusal::InvalidAudience(_) => {
            refused(&format!("it is meant for another client: its `aud` does not hold the client ID {client_id:?}"))
        }
        Refusal::InvalidIssuer(_) => refused(&format!(
            "its `iss` is not the issuer {issuer:?}, character by character (a trailing slash counts)"
        )),
        Refusal::InvalidAuthContext(reason) | Refusal::InvalidAuthTime(reason) | Refusal::InvalidNonce(reason) => {
            refused(&reason)
        }
        Refusal::SignatureVerification(failure) => explain_signature(failure),
        _ => refused("it is not as OpenID Connect Core §2 has it"),
    }
}

fn explain_signature(failure: SignatureVerificationError) -> Error {
    use SignatureVerificationError as Failure;
    match failure {
        Failure::CryptoError(_) => refused(
            "its signature is wrong. Either it was forged, or the issuer and the client are not configured for each \
             other (issuer, JWK set or client secret)",
        ),
        Failure::AmbiguousKeyId(_) => refused(
            "several keys of the JWK set fit, and it does not say which one signed it (OpenID Connect Core §10.1)",
        ),
        Failure::InvalidKey(reason) => refused(&format!("its signature cannot be checked: {reason}")),
        _ => refused("its signature cannot be checked"),
    }
}
