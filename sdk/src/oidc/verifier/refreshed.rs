use std::time::Duration;

use serde_json::{Map, Value};

use super::super::conditions::{another_user, check_authorized_party, check_same_login, same};
use super::super::encrypted_answers::AnswerKind;
use super::super::id_token_expectations::{Before, IdTokenExpectations};
use super::super::jwt_verifier::refused;
use super::super::refreshed::Refreshed;
use super::{IdTokenVerifier, WHAT};
use crate::error::{Error, Kind, Result};
use crate::keys::UnverifiedJwt;

/// A renewal waits no longer than this for keys: its access token is good without them.
const MAX_WAIT: Duration = Duration::from_secs(5);

impl IdTokenVerifier {
    /// Compares a refreshed ID token with the login (OpenID Connect Core §12.2), and verifies it if it can be.
    ///
    /// # Errors
    ///
    /// [`is_security`](Error::is_security) where it is of another issuer, user or client, or where that cannot be read: the
    /// access token that came with it may be another person's. The refresh token that came with it counts all the same.
    pub(crate) async fn verify_refreshed(
        &self,
        id_token: &str,
        access_token: &str,
        before: Before<'_>,
    ) -> Result<Refreshed> {
        let claims = self.peek(id_token)?;
        self.check_owner(&claims, before).map_err(|reason| refused_refresh(&reason))?;
        let expected = IdTokenExpectations {
            subject: before.subject,
            access_token: Some(access_token),
            ..IdTokenExpectations::default()
        };
        let verified = tokio::time::timeout(MAX_WAIT, self.verify(id_token, expected)).await;
        let verified = verified.unwrap_or_else(|_| {
            Err(Error::new(Kind::Timeout, format!("the JWK set at {} did not come in time", self.keys().name())))
        });
        let same_login = before.claims.map_or(Ok(()), |before| check_same_login(before, &claims));
        Ok(match (verified, same_login) {
            (Ok(verified), Ok(())) => Refreshed::Verified(verified),
            (Err(error), _) => Refreshed::Unverified(error),
            (Ok(_), Err(reason)) => Refreshed::Unverified(refused(WHAT, &reason)),
        })
    }

    /// What it says, before anything is known of who wrote it.
    fn peek(&self, id_token: &str) -> Result<Map<String, Value>> {
        let unreadable = |why: &str| refused_refresh(&format!("it cannot be read, so that its user is unknown: {why}"));
        // One that should be encrypted and is not can be read all the same, and is refused later.
        if let Some(claims) = UnverifiedJwt::peek(id_token) {
            return Ok(claims);
        }
        let opened = self.encrypted.open(AnswerKind::IdToken, id_token).map_err(|error| unreadable(error.message()))?;
        UnverifiedJwt::peek(opened.text()).ok_or_else(|| unreadable("it is no JWT with claims"))
    }

    fn check_owner(&self, claims: &Map<String, Value>, before: Before<'_>) -> Result<(), String> {
        self.jwts.check_issuer(claims)?;
        self.jwts.check_audience(claims)?;
        check_authorized_party(claims, &self.jwts.client_id)?;
        match (claims.get("sub").and_then(Value::as_str), before.subject) {
            (None | Some(""), _) => Err("it names no user (`sub`)".to_owned()),
            (Some(now), Some(before)) if !same(before, now) => Err(another_user(now, before)),
            _ => Ok(()),
        }
    }
}

fn refused_refresh(reason: &str) -> Error {
    refused("ID token of the refresh", reason)
}
