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
        let refused = |reason: &str| Error::new(Kind::Security, format!("the {what} is refused: {reason}"));
        let jwt = UnverifiedJwt::read_typed(what, answer, kinds)?;
        if !ASYMMETRIC.contains(&jwt.algorithm) {
            return Err(refused(
                "it is signed with a secret, and what is accepted here is a signature by the issuer's key",
            ));
        }
        if jwt.claims.get("iss").and_then(Value::as_str) != Some(self.issuer.as_str()) {
            return Err(refused("it is not of this issuer (`iss`)"));
        }
        let is_own = |audience: &Value| audience.as_str() == Some(&self.client_id);
        let is_ours = match jwt.claims.get("aud") {
            Some(Value::Array(several)) => several.iter().any(is_own),
            Some(one) => is_own(one),
            None => false,
        };
        if !is_ours {
            return Err(refused("it is not for this client (`aud`)"));
        }
        let keys = self.keys.current().await?;
        if !keys.has_signed(&jwt, answer) {
            let newer = self.keys.after_miss(&keys).await?;
            if !newer.has_signed(&jwt, answer) {
                return Err(refused("no key of the issuer's JWK set has signed it"));
            }
        }
        Ok(jwt.claims)
    }
}
