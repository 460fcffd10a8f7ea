use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openidconnect::JsonWebKey as _;
use serde_json::{Map, Value};

use super::super::numeric_date::numeric_date;
use super::IdTokenVerifier;
use crate::error::{Error, Kind, Result};
use crate::jose::{ASYMMETRIC, KeySet, UnverifiedJwt};

const WHAT: &str = "signed authorization response";

/// Whose keys, whom it is for and whose clock are those of ID tokens.
impl IdTokenVerifier {
    /// Verifies an authorization response in a JWT and gives its parameters (JARM §2.4).
    ///
    /// # Errors
    ///
    /// As [`verify`](Self::verify).
    pub(crate) async fn verify_response(&self, response: &str) -> Result<Map<String, Value>> {
        let jwt = UnverifiedJwt::read(WHAT, response)?;
        if !ASYMMETRIC.contains(&jwt.algorithm) {
            return Err(refused(
                "it is signed with a secret, and what is accepted here is a signature by the issuer's key",
            ));
        }
        let keys = self.keys.current().await?;
        if !is_signed(&keys, &jwt, response) {
            let newer = self.keys.after_miss(&keys).await?;
            if !is_signed(&newer, &jwt, response) {
                return Err(refused("no key of the issuer's JWK set has signed it"));
            }
        }
        self.check_response(&jwt.claims)?;
        Ok(jwt.claims)
    }

    /// JARM §2.1: issuer, audience and expiry are always there.
    fn check_response(&self, claims: &Map<String, Value>) -> Result<()> {
        if claims.get("iss").and_then(Value::as_str) != Some(self.issuer.as_str()) {
            return Err(refused("it is of another issuer (`iss`)").with_incident(crate::error::Incident::MixUp));
        }
        let is_own = |audience: &Value| audience.as_str() == Some(&self.client_id);
        let is_ours = match claims.get("aud") {
            Some(Value::Array(several)) => several.iter().any(is_own),
            Some(one) => is_own(one),
            None => false,
        };
        if !is_ours {
            return Err(refused("it is for another client (`aud`)"));
        }
        let expires = claims.get("exp").and_then(numeric_date);
        let expires = expires.ok_or_else(|| refused("it has no expiry (`exp`), or one that is no time"))?;
        if expires.checked_add(self.leeway).is_some_and(|end| end <= self.clock.wall()) {
            return Err(refused("it has expired (`exp`): is this machine's clock right?"));
        }
        Ok(())
    }
}

fn is_signed(keys: &KeySet, jwt: &UnverifiedJwt, token: &str) -> bool {
    let Some((message, signature)) = token.rsplit_once('.') else { return false };
    let Ok(signature) = URL_SAFE_NO_PAD.decode(signature) else { return false };
    let keys = keys.keys();
    let fits = |id: Option<&str>| jwt.key_id.is_none() || jwt.key_id.as_deref() == id;
    let mut fitting = keys.keys().iter().filter(|key| fits(key.key_id().map(|id| id.as_str())));
    fitting.any(|key| key.verify_signature(&jwt.algorithm, message.as_bytes(), &signature).is_ok())
}

fn refused(reason: &str) -> Error {
    Error::new(Kind::Security, format!("the {WHAT} is refused: {reason}"))
}
