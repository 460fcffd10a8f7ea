//! The revocation endpoint (RFC 7009).

use axum::response::IntoResponse as _;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::Shared;
use crate::authn::authenticate;
use crate::form::{Answer, Form};
use crate::oauth_error::{Code, OAuthError};
use crate::state::State;

/// Revokes an access token, or a refresh token and everything that came of the same login (§2.1).
///
/// `token_type_hint` is not needed: the server finds the token either way. An unknown token is a success (§2.2).
pub(super) async fn revoke(state: Shared, headers: HeaderMap, body: Bytes) -> Answer {
    let form = Form::from_body(&headers, &body)?;
    let client = authenticate(&state, &headers, &form)?;
    revoke_token(&state, Some(&client.id), form.required("token")?)?;
    Ok(StatusCode::OK.into_response())
}

/// Revokes a token of this client, or of any.
pub(crate) fn revoke_token(state: &State, client: Option<&str>, text: &str) -> Result<(), OAuthError> {
    if let Some(token) = state.tokens.access_token(text) {
        check_owner(client, &token.login.client_id)?;
        token.revoke();
    } else if let Some(token) = state.tokens.refresh_token(text) {
        check_owner(client, &token.login.client_id)?;
        state.revoke_family(&token.login);
    }
    Ok(())
}

fn check_owner(client: Option<&str>, owner: &str) -> Result<(), OAuthError> {
    if client.is_none_or(|client| client == owner) {
        Ok(())
    } else {
        Err(OAuthError::new(Code::InvalidGrant, "the token belongs to another client"))
    }
}
