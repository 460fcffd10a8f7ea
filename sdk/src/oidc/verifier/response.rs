use serde_json::{Map, Value};

use super::super::encrypted_answers::AnswerKind;
use super::super::numeric_date::numeric_date;
use super::IdTokenVerifier;
use super::answer::refused;
use crate::error::{Incident, Result};
use crate::jose::UnverifiedJwt;

const WHAT: &str = "signed authorization response";

/// Whose keys, whom it is for and whose clock are those of ID tokens.
impl IdTokenVerifier {
    /// Verifies an authorization response in a JWT and gives its parameters (JARM §2.4).
    ///
    /// # Errors
    ///
    /// As [`verify`](Self::verify).
    pub(crate) async fn verify_response(&self, response: &str) -> Result<Map<String, Value>> {
        let response = self.encrypted.open(AnswerKind::Authorization, response)?;
        let response = response.text();
        let jwt = UnverifiedJwt::read(WHAT, response)?;
        self.check_signature_by(self.response_algorithm.as_ref(), WHAT, &jwt, response).await?;
        self.check_response(&jwt.claims)?;
        Ok(jwt.claims)
    }

    /// JARM §2.1: issuer, audience and expiry are always there.
    fn check_response(&self, claims: &Map<String, Value>) -> Result<()> {
        if !self.is_by_issuer(claims) {
            return Err(refused(WHAT, "it is of another issuer (`iss`)").with_incident(Incident::MixUp));
        }
        if !self.is_for_client(claims) {
            return Err(refused(WHAT, "it is for another client (`aud`)"));
        }
        let expires = claims.get("exp").and_then(numeric_date);
        let expires = expires.ok_or_else(|| refused(WHAT, "it has no expiry (`exp`), or one that is no time"))?;
        if expires.checked_add(self.leeway).is_some_and(|end| end <= self.clock.wall()) {
            return Err(refused(WHAT, "it has expired (`exp`): is this machine's clock right?"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::jose::{Clock, KeySetCache};
    use crate::transport::Transport;
    use crate::wire::{EndpointUrl, PlainHttp};

    #[test]
    fn a_response_is_of_the_issuer_for_the_client_and_for_now() {
        let url = EndpointUrl::parse("jwks_uri", "https://as.example/jwks", PlainHttp::LoopbackOnly).unwrap();
        let keys = KeySetCache::new(url, &Transport::shared().unwrap());
        let mut verifier = IdTokenVerifier::new("https://as.example", "app", keys).unwrap();
        verifier.clock = Clock::manual(1_000);
        let check = |claims: Value| verifier.check_response(claims.as_object().unwrap());
        let iss = "https://as.example";
        check(json!({ "iss": iss, "aud": "app", "exp": 1_001 })).unwrap();
        check(json!({ "iss": iss, "aud": ["other", "app"], "exp": 941 })).unwrap();
        for (claims, word) in [
            (json!({ "iss": "https://evil.example", "aud": "app", "exp": 1_001 }), "`iss`"),
            (json!({ "iss": "https://as.example/", "aud": "app", "exp": 1_001 }), "`iss`"),
            (json!({ "aud": "app", "exp": 1_001 }), "`iss`"),
            (json!({ "iss": iss, "aud": "other", "exp": 1_001 }), "`aud`"),
            (json!({ "iss": iss, "aud": ["other"], "exp": 1_001 }), "`aud`"),
            (json!({ "iss": iss, "exp": 1_001 }), "`aud`"),
            (json!({ "iss": iss, "aud": "app", "exp": 940 }), "`exp`"),
            (json!({ "iss": iss, "aud": "app", "exp": "soon" }), "`exp`"),
            (json!({ "iss": iss, "aud": "app" }), "`exp`"),
        ] {
            let error = check(claims.clone()).unwrap_err();
            assert!(error.is_security() && error.to_string().contains(word), "{claims} {error}");
            assert_eq!(error.is_mix_up(), word == "`iss`");
        }
    }
}
