use serde_json::{Map, Value};

use super::super::encrypted_answers::AnswerKind;
use super::super::issuer_verifier::{Issue, JwtRequirements, Presence};
use super::LoginIdTokenVerifier;
use crate::error::{Incident, Result};
use crate::keys::{ASYMMETRIC, KeyUse, Typ};

/// Answers whose issuer, client, keys and clock are those of ID tokens.
impl LoginIdTokenVerifier {
    /// Verifies an answer of the userinfo endpoint (OpenID Connect Core §5.3.2), and gives its claims.
    ///
    /// # Errors
    ///
    /// As [`verify`](Self::verify).
    pub(crate) async fn verify_userinfo(&self, answer: &str) -> Result<Map<String, Value>> {
        let requirements = JwtRequirements {
            what: "userinfo answer",
            typ: Typ::IfPresent(&["JWT"]),
            algorithms: &self.userinfo_algorithms,
            expiry: Presence::Optional,
            issue: Issue::Any,
            foreign_issuer: None,
            key_use: KeyUse::Exchange,
        };
        self.claims(&requirements, answer).await
    }

    /// Verifies an answer of the introspection endpoint (RFC 9701 §5).
    ///
    /// # Errors
    ///
    /// As [`verify`](Self::verify).
    pub(crate) async fn verify_introspection(&self, answer: &str) -> Result<Map<String, Value>> {
        let requirements = JwtRequirements {
            what: "introspection answer",
            // It is what keeps another JWT of the same server from being taken for one (RFC 9701 §8.1).
            typ: Typ::Required(&["token-introspection+jwt"]),
            algorithms: &ASYMMETRIC,
            expiry: Presence::Optional,
            issue: Issue::Past,
            foreign_issuer: None,
            key_use: KeyUse::Exchange,
        };
        self.claims(&requirements, answer).await
    }

    /// Verifies an authorization response in a JWT and gives its parameters (JARM §2.4).
    ///
    /// # Errors
    ///
    /// As [`verify`](Self::verify).
    pub(crate) async fn verify_response(&self, response: &str) -> Result<Map<String, Value>> {
        let response = self.encrypted.open(AnswerKind::Authorization, response)?;
        let requirements = JwtRequirements {
            what: "signed authorization response",
            typ: Typ::IfPresent(&["JWT"]),
            algorithms: &self.response_algorithms,
            // JARM §2.1: issuer, audience and expiry are always there.
            expiry: Presence::Required,
            issue: Issue::Any,
            foreign_issuer: Some(Incident::MixUp),
            key_use: KeyUse::AuthorizationResponse,
        };
        self.claims(&requirements, response.text()).await
    }

    async fn claims(&self, requirements: &JwtRequirements<'_>, answer: &str) -> Result<Map<String, Value>> {
        self.jwts.verify(requirements, answer).await.map(|jwt| jwt.claims.to_map())
    }
}
