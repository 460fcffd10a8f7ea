use serde_json::{Map, Value};

use super::IdTokenVerifier;
use crate::error::{Error, Kind, Result};
use crate::jose::{ASYMMETRIC, UnverifiedJwt};

/// Whose keys and whom it is for are those of ID tokens.
impl IdTokenVerifier {
    /// Verifies an answer in a JWT, of one of these kinds by its `typ`, and gives its claims; `what` names it in an error.
    ///
    /// # Errors
    ///
    /// As [`verify`](Self::verify).
    pub(crate) async fn verify_answer(&self, what: &str, kinds: &[&str], answer: &str) -> Result<Map<String, Value>> {
        let jwt = UnverifiedJwt::read_typed(what, answer, kinds)?;
        if !self.is_by_issuer(&jwt.claims) {
            return Err(refused(what, "it is not of this issuer (`iss`)"));
        }
        if !self.is_for_client(&jwt.claims) {
            return Err(refused(what, "it is not for this client (`aud`)"));
        }
        self.check_signature(what, &jwt, answer).await?;
        Ok(jwt.claims)
    }

    /// The issuer's key has signed it; the keys are fetched anew, once, if none that is here has.
    pub(super) async fn check_signature(&self, what: &str, jwt: &UnverifiedJwt, text: &str) -> Result<()> {
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
