use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openidconnect::{JsonWebKey as _, JwsSigningAlgorithm as _};
use secrecy::ExposeSecret as _;
use serde_json::{Map, Value};

use super::IdTokenVerifier;
use crate::error::{Error, Kind, Result};
use crate::jose::{ASYMMETRIC, Algorithm, Key, UnverifiedJwt};

/// Whose keys and whom it is for are those of ID tokens.
impl IdTokenVerifier {
    /// Verifies an answer in a JWT, of one of these kinds by its `typ`, and gives its claims; `what` names it in an error.
    ///
    /// # Errors
    ///
    /// As [`verify`](Self::verify).
    pub(crate) async fn verify_answer(&self, what: &str, kinds: &[&str], answer: &str) -> Result<Map<String, Value>> {
        self.verify_answer_by(None, what, kinds, answer).await
    }

    /// Verifies an answer of the userinfo endpoint (OpenID Connect Core §5.3.2).
    ///
    /// # Errors
    ///
    /// As [`verify`](Self::verify).
    pub(crate) async fn verify_userinfo(&self, answer: &str) -> Result<Map<String, Value>> {
        self.verify_answer_by(self.userinfo_algorithm.as_ref(), "userinfo answer", &["JWT"], answer).await
    }

    async fn verify_answer_by(
        &self,
        only: Option<&Algorithm>,
        what: &str,
        kinds: &[&str],
        answer: &str,
    ) -> Result<Map<String, Value>> {
        let jwt = UnverifiedJwt::read_typed(what, answer, kinds)?;
        if !self.is_by_issuer(&jwt.claims) {
            return Err(refused(what, "it is not of this issuer (`iss`)"));
        }
        if !self.is_for_client(&jwt.claims) {
            return Err(refused(what, "it is not for this client (`aud`)"));
        }
        self.check_signature_by(only, what, &jwt, answer).await?;
        Ok(jwt.claims)
    }

    /// It is signed by the algorithm that the client is registered for, if it is for one: that may be one with the client secret.
    pub(super) async fn check_signature_by(
        &self,
        only: Option<&Algorithm>,
        what: &str,
        jwt: &UnverifiedJwt,
        text: &str,
    ) -> Result<()> {
        match only {
            Some(only) if *only != jwt.algorithm => {
                Err(refused(what, "it is signed by another algorithm than the client is registered for"))
            }
            Some(only) if only.uses_shared_secret() => self.check_mac(what, jwt, text),
            _ => self.check_signature(what, jwt, text).await,
        }
    }

    /// Whoever has the client secret has signed it.
    fn check_mac(&self, what: &str, jwt: &UnverifiedJwt, text: &str) -> Result<()> {
        let secret = self.secret.as_ref().ok_or_else(|| {
            Error::configuration(format!(
                "the {what} is signed with the client secret (`HS256` and its like), and the client has none"
            ))
        })?;
        let key = Key::new_symmetric(secret.expose_secret().as_bytes().to_vec());
        let signature = text
            .rsplit_once('.')
            .and_then(|(message, signature)| Some((message, URL_SAFE_NO_PAD.decode(signature).ok()?)));
        let is_signed = signature.is_some_and(|(message, signature)| {
            key.verify_signature(&jwt.algorithm, message.as_bytes(), &signature).is_ok()
        });
        if is_signed { Ok(()) } else { Err(refused(what, "the client secret has not signed it")) }
    }

    /// The issuer's key has signed it; the keys are fetched anew, once, if none that is here has.
    async fn check_signature(&self, what: &str, jwt: &UnverifiedJwt, text: &str) -> Result<()> {
        if !ASYMMETRIC.contains(&jwt.algorithm) {
            return Err(refused(
                what,
                "it is signed with a secret, and what is accepted here is a signature by the issuer's key",
            ));
        }
        let keys = self.keys.current().await?;
        if keys.has_signed(jwt, text) || self.keys.after_miss(&keys).await?.has_signed(jwt, text) {
            return Ok(());
        }
        Err(refused(what, "no key of the issuer's JWK set has signed it"))
    }

    pub(super) fn is_by_issuer(&self, claims: &Map<String, Value>) -> bool {
        claims.get("iss").and_then(Value::as_str) == Some(self.issuer.as_str())
    }

    pub(super) fn is_for_client(&self, claims: &Map<String, Value>) -> bool {
        let is_own = |audience: &Value| audience.as_str() == Some(&self.client_id);
        match claims.get("aud") {
            Some(Value::Array(several)) => several.iter().any(is_own),
            Some(one) => is_own(one),
            None => false,
        }
    }
}

pub(super) fn refused(what: &str, reason: &str) -> Error {
    Error::new(Kind::Security, format!("the {what} is refused: {reason}"))
}
