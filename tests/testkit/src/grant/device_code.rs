//! `grant_type=urn:ietf:params:oauth:grant-type:device_code` (RFC 8628 §3.4), and `urn:openid:params:grant-type:ciba`, which is polled alike
//! (OpenID Connect CIBA Core §10.1).

use std::sync::Arc;

use super::{TokenAnswer, add_refresh_token, id_token, issue};
use crate::form::Form;
use crate::oauth_error::{Code, OAuthError};
use crate::state::{Decision, Poll, Registration, State};

/// Answers a poll with the code in this parameter: with tokens, once the user has consented.
pub(super) fn exchange(
    state: &State,
    client: &Registration,
    form: &Form,
    parameter: &str,
) -> Result<TokenAnswer, OAuthError> {
    let invalid = |why: &'static str| OAuthError::new(Code::InvalidGrant, why);
    let text = form.required(parameter)?;
    let code = state.tokens.device_code(text).ok_or_else(|| invalid("the code is unknown"))?;
    if code.login.client_id != client.id {
        return Err(invalid("the code belongs to another client"));
    }
    match code.poll(state.poll_interval) {
        Poll::Pending => Err(OAuthError::new(Code::AuthorizationPending, "the user has not decided yet")),
        Poll::TooSoon => Err(OAuthError::new(Code::SlowDown, "it polls more often than `interval` says")),
        Poll::Expired => Err(OAuthError::new(Code::ExpiredToken, "the code has expired")),
        Poll::Redeemed => Err(invalid("the code was redeemed before")),
        Poll::Decided(Decision::Denied(error)) => Err(OAuthError::new(Code::Denied, error)),
        Poll::Decided(Decision::Approved) => {
            let login = Arc::clone(&code.login);
            let mut answer = issue(state, &login, login.scope.clone(), login.audience.clone())?;
            add_refresh_token(state, &login, &mut answer)?;
            id_token::add(state, client, &login, None, &mut answer)?;
            Ok(answer)
        }
    }
}
