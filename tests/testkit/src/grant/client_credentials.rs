//! `grant_type=client_credentials` (RFC 6749 §4.4).

use std::sync::Arc;

use super::{TokenAnswer, issue};
use crate::form::Form;
use crate::oauth_error::{Code, OAuthError};
use crate::state::{Registration, State};

/// Issues a token to the client itself; no refresh token (§4.4.3).
pub(super) fn exchange(state: &State, client: &Registration, form: &Form) -> Result<TokenAnswer, OAuthError> {
    if client.secret.is_none() {
        return Err(OAuthError::new(Code::UnauthorizedClient, "client_credentials is not for public clients"));
    }
    let scope = state.scope_to_grant(form.one("scope")?)?;
    let login = Arc::new(state.login(&client.id, None, scope.clone(), form.audience()));
    issue(state, &login, scope, login.audience.clone())
}
