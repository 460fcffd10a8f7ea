//! The revocation endpoint (RFC 7009).

use axum::response::IntoResponse as _;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::Shared;
use crate::authn::authenticate;
use crate::form::{Answer, Form};
use crate::oauth_error::{Code, OAuthError};

/// Revokes an access token, or a refresh token and everything that came of the same login (§2.1).
///
/// `token_type_hint` is not needed: the server finds the token either way. An unknown token is a success (§2.2).
pub(super) async fn revoke(state: Shared, headers: HeaderMap, body: Bytes) -> Answer {
    let form = Form::from_body(&headers, &body)?;
    let client = authenticate(&state, &headers, &form)?;
    let text = form.required("token")?;

    if let Some(token) = state.tokens.access_token(text) {
        check_owner(&client.id, &token.login.client_id)?;
        token.revoke();
    } else if let Some(token) = state.tokens.refresh_token(text) {
        check_owner(&client.id, &token.login.client_id)?;
        state.revoke_family(&token.login);
    }
    Ok(StatusCode::OK.into_response())
}

fn check_owner(client: &str, owner: &str) -> Result<(), OAuthError> {
    if client == owner {
        Ok(())
    } else {
        Err(OAuthError::new(Code::InvalidGrant, "the token belongs to another client"))
    }
}
