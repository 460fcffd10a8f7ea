use async_trait::async_trait;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;
use url::form_urlencoded;

use super::WebLogin;
use super::ended_sessions::{Ended, LogoutTokenId};
use super::page::not_kept;
use crate::error::{Error, Result};
use crate::telemetry;

/// What verifies the tokens by which a server tells of logouts: with the feature `oidc` alone there is one.
#[async_trait]
pub(super) trait LogoutTokens: Send + Sync {
    async fn verify(&self, token: &str) -> Result<Logout>;
}

/// A logout at the server, which a token tells of that was verified.
pub(super) struct Logout {
    pub(super) issuer: String,
    /// The user (`sub`) and the session at the server (`sid`) that have ended: one of them, or both.
    pub(super) subject: Option<String>,
    pub(super) sid: Option<String>,
    /// The token's own ID (`jti`).
    pub(super) id: String,
}

/// Ends the sessions that a logout token names (OpenID Connect Back-Channel Logout 1.0 §2.5 to §2.8).
pub(super) async fn take(State(login): State<WebLogin>, body: Bytes) -> Response {
    let response = match end(&login, &body).await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(error) => {
            telemetry::web_login_failed(&error);
            let error = json!({ "error": "invalid_request", "error_description": "the logout failed" });
            (StatusCode::BAD_REQUEST, Json(error)).into_response()
        }
    };
    not_kept(response)
}

async fn end(login: &WebLogin, body: &[u8]) -> Result<()> {
    let inner = login.inner();
    let tokens = inner.logout_tokens.as_ref().ok_or_else(|| Error::unsupported("no logout tokens are taken"))?;
    let (_, token) = form_urlencoded::parse(body)
        .find(|(name, _)| name == "logout_token")
        .ok_or_else(|| Error::security("a back-channel logout came without a `logout_token`"))?;
    let Logout { issuer, subject, sid, id } = tokens.verify(&token).await?;
    let (ended, time) = (&inner.sessions.ended, inner.login.time());
    let issuer = issuer.as_str();
    let token = LogoutTokenId { issuer, id: &id };
    // The user may have logged in again since. Where the store does not say whether it came before, it counts: better a session too few.
    if ended.was_used(token).await.unwrap_or_default() {
        return Ok(());
    }
    match (&sid, &subject) {
        (Some(sid), Some(subject)) => {
            let at_server = ended.end(Ended::AtServer { issuer, sid }, time);
            let (one, other) = tokio::join!(at_server, ended.end(Ended::OfUserWithoutSid { issuer, subject }, time));
            one.and(other)?;
        }
        (Some(sid), None) => ended.end(Ended::AtServer { issuer, sid }, time).await?,
        (None, Some(subject)) => ended.end(Ended::OfUser { issuer, subject }, time).await?,
        (None, None) => {}
    }
    // The sessions are over; without this, the token would count again.
    ended.used(token, time).await.unwrap_or_else(|error| telemetry::web_login_failed(&error));
    Ok(())
}
