use std::time::Duration;

use super::super::conditions::{OtherLogin, another_user, check_authorized_party, check_same_login, same};
use super::super::encrypted_answers::AnswerKind;
use super::super::id_token_expectations::{IdTokenExpectations, PreviousLogin};
use super::super::issuer_verifier::refused;
use super::super::refreshed_id_token::Refreshed;
use super::{LoginIdTokenVerifier, WHAT};
use crate::error::{Error, Fault, Result};
use crate::keys::unverified_claims;
use crate::lenient::JsonObject;

/// A renewal waits no longer than this for keys: its access token is good without them.
const MAX_WAIT: Duration = Duration::from_secs(5);

impl LoginIdTokenVerifier {
    /// Compares a refreshed ID token with the login (OpenID Connect Core §12.2), and verifies it if it can be.
    ///
    /// Two rules meet here: what §12.2 demands is not excused, and no login is lost that could have been kept. So what is certainly wrong
    /// withholds the access token that came with it, and the login stays with its new refresh token: the next refresh may bring a good
    /// one. What only cannot be verified now is reported, and the refresh stands: no keys to be had, none with its key ID (a JWK set
    /// behind a slow CDN), keys that may be older than the signature, clocks. Keys may be older within the cool-down, and where fetching them
    /// anew brought no other key for it: a key that was replaced under the same ID looks the same as long as a CDN has the old set. Such a
    /// token has come from the token endpoint over TLS (§3.1.3.7), and its claims are given to no caller.
    ///
    /// # Errors
    ///
    /// [`is_security`](Error::is_security) where it is of another issuer, user, client or login, where that cannot be read, and where its
    /// signature is wrong also by a new key that was fetched for it: the access token that came with it may be another person's. The refresh token
    /// that came with it counts all the same.
    pub(crate) async fn verify_refreshed(
        &self,
        id_token: &str,
        access_token: &str,
        before: PreviousLogin<'_>,
    ) -> Result<Refreshed> {
        let claims = self.peek(id_token)?;
        self.check_owner(&claims, before).map_err(|reason| refused_refresh(&reason))?;
        let same_login = match before.claims.map_or(Ok(()), |before| check_same_login(before, &claims)) {
            Err(OtherLogin::Another(reason)) => return Err(withheld(refused_refresh(&reason))),
            Err(OtherLogin::Inexact(reason)) => Err(reason),
            Ok(()) => Ok(()),
        };
        let expected = IdTokenExpectations {
            subject: before.subject,
            access_token: Some(access_token),
            ..IdTokenExpectations::default()
        };
        let verified = tokio::time::timeout(MAX_WAIT, self.verify(id_token, expected)).await;
        let verified = verified.unwrap_or_else(|_| {
            Err(Error::new(Fault::Timeout, format!("the JWK set at {} did not come in time", self.keys().name())))
        });
        match (verified, same_login) {
            (Ok(verified), Ok(())) => Ok(Refreshed::Verified(verified)),
            (Err(error), _) if error.is_wrong_signature() => Err(withheld(error)),
            (Err(error), _) => Ok(Refreshed::Unverified(error)),
            (Ok(_), Err(reason)) => Ok(Refreshed::Unverified(refused(WHAT, &reason))),
        }
    }

    /// What it says, before anything is known of who wrote it.
    fn peek(&self, id_token: &str) -> Result<JsonObject> {
        let unreadable = |why: &str| refused_refresh(&format!("it cannot be read, so that its user is unknown: {why}"));
        // One that should be encrypted and is not can be read all the same, and is refused later.
        if let Some(claims) = unverified_claims(id_token) {
            return Ok(claims);
        }
        let opened = self.encrypted.open(AnswerKind::IdToken, id_token).map_err(|error| unreadable(error.message()))?;
        unverified_claims(opened.text()).ok_or_else(|| unreadable("it is not a JWT with claims"))
    }

    fn check_owner(&self, claims: &JsonObject, before: PreviousLogin<'_>) -> Result<(), String> {
        self.jwts.check_issuer(claims)?;
        self.jwts.check_audience(claims)?;
        check_authorized_party(claims, &self.jwts.client_id)?;
        match (claims.text("sub"), before.subject) {
            (None | Some(""), _) => Err("it names no user (`sub`)".to_owned()),
            (Some(now), Some(before)) if !same(before, now) => Err(another_user(now, before)),
            _ => Ok(()),
        }
    }
}

fn withheld(error: Error) -> Error {
    error.with_cure("the new access token is withheld; the login stays, and the next refresh may bring a good one")
}

fn refused_refresh(reason: &str) -> Error {
    refused("ID token of the refresh", reason)
}
