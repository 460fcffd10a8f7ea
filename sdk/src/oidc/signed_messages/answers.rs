use serde_json::{Map, Value};

use super::super::LogoutTokenVerifier;
use super::super::encrypted_answers::{AnswerKind, Opened};
use super::SignedMessages;
use crate::error::{Error, Fault, Result};
#[cfg(any(feature = "axum", feature = "loopback"))]
use crate::keys::{is_encrypted, unverified_claims};
#[cfg(any(feature = "axum", feature = "loopback"))]
use crate::lenient::JsonObject;
use crate::lenient::Members;

/// What the server's other endpoints answer.
impl SignedMessages {
    /// The claims of a signed userinfo answer, or of an encrypted one, which is worth as much without a signature as plain JSON is:
    /// what the server says over TLS (OpenID Connect Core §5.3.2).
    ///
    /// # Errors
    ///
    /// [`is_security`](Error::is_security) names the check that failed. Where the keys could not be fetched, the error is that of
    /// the fetch.
    pub(crate) async fn verify_userinfo(&self, body: &[u8]) -> Result<Map<String, Value>> {
        let answer = self.0.encrypted.open(AnswerKind::Userinfo, text(body))?;
        if let Opened::Decrypted(text) = &answer
            && text.trim_start().starts_with('{')
        {
            if self.0.requires_signed_userinfo {
                return Err(not_signed());
            }
            return Ok(Members::read(text.as_bytes(), "the userinfo answer", "OpenID Connect Core §5.3.2")?.rest());
        }
        self.verifier()?.verify_userinfo(answer.text()).await
    }

    /// Refuses a userinfo answer that is neither signed nor encrypted, where the client is registered for one that is.
    ///
    /// # Errors
    ///
    /// [`is_security`](Error::is_security).
    pub(crate) fn check_plain_userinfo(&self) -> Result<()> {
        if self.0.encrypted.required(AnswerKind::Userinfo)?.is_some() {
            return Err(AnswerKind::Userinfo.not_encrypted());
        }
        if self.0.requires_signed_userinfo {
            return Err(not_signed());
        }
        Ok(())
    }

    /// Whether introspection answers are signed in any case: one that has to be encrypted is (RFC 9701 §5), and is asked for in the
    /// same way.
    pub(crate) fn requires_signed_introspection(&self) -> bool {
        self.0.encrypted.introspection.is_some()
    }

    /// Verifies a signed introspection answer (RFC 9701 §5), and gives its claims.
    ///
    /// # Errors
    ///
    /// As [`verify_userinfo`](Self::verify_userinfo).
    pub(crate) async fn verify_introspection(&self, body: &[u8]) -> Result<Map<String, Value>> {
        let verifier = self.verifier()?;
        let answer = self.0.encrypted.open(AnswerKind::Introspection, text(body))?;
        verifier.verify_introspection(answer.text()).await
    }

    /// Whether signed authorization responses could be asked for.
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "without the feature `oidc` they cannot")]
    pub(crate) fn check_response_support(&self) -> Result<()> {
        Ok(())
    }

    /// Verifies an authorization response in a JWT and gives its parameters (JARM §2.4).
    ///
    /// # Errors
    ///
    /// As [`verify_userinfo`](Self::verify_userinfo).
    pub(crate) async fn verify_response(&self, response: &str) -> Result<Map<String, Value>> {
        self.verifier()?.verify_response(response).await
    }

    /// What an authorization response in a JWT says; `None` where it cannot be read. Nothing of it is verified.
    ///
    /// # Errors
    ///
    /// [`is_security`](Error::is_security) where it is encrypted and cannot be decrypted.
    #[cfg(any(feature = "axum", feature = "loopback"))]
    pub(crate) fn peek_response(&self, response: &str) -> Result<Option<JsonObject>> {
        // One that should be encrypted and is not is refused later, where it is known for whose answer.
        if !is_encrypted(response) {
            return Ok(unverified_claims(response));
        }
        Ok(unverified_claims(self.0.encrypted.open(AnswerKind::Authorization, response)?.text()))
    }

    /// What verifies the logout tokens of the same issuer.
    pub(crate) fn logout_tokens(&self) -> LogoutTokenVerifier {
        match &self.0.verifier {
            Ok(verifier) => verifier.logout_tokens(),
            Err(why) => LogoutTokenVerifier::without_keys(why.clone()),
        }
    }
}

/// A JWT as the body of an answer.
fn text(body: &[u8]) -> &str {
    std::str::from_utf8(body).unwrap_or_default().trim()
}

/// Plain, although the client is registered for signatures: it need not be the issuer's.
fn not_signed() -> Error {
    let text = "the userinfo answer is refused: it is not signed, and the client is registered for signatures \
                (`userinfo_signed_response_alg`)";
    Error::new(Fault::Security, text)
}
