//! `grant_type=refresh_token` (RFC 6749 §6) with rotation and reuse detection (RFC 9700 §4.14.2).

use std::sync::Arc;
use std::time::Duration;

use super::{TokenAnswer, add_refresh_token, id_token, issue};
use crate::form::Form;
use crate::oauth_error::{Code, OAuthError};
use crate::scope::Scope;
use crate::state::{Login, Registration, State, narrow_audience};

/// Exchanges a refresh token for a new access token.
///
/// With rotation the answer has a successor, and the token is spent; without, the answer has no refresh token and the
/// client keeps the one it has. A refused request spends nothing.
pub(super) fn exchange(state: &State, client: &Registration, form: &Form) -> Result<TokenAnswer, OAuthError> {
    let text = form.required("refresh_token")?;
    let asked = form.one("scope")?.map(Scope::parse).transpose()?;

    let token = state.tokens.refresh_token(text).ok_or_else(|| invalid("the refresh token is unknown"))?;
    let login = Arc::clone(&token.login);
    if login.client_id != client.id {
        return Err(invalid("the refresh token belongs to another client"));
    }
    let spent_for = token.spent_for();
    let is_in_grace = |spent_for: Duration| spent_for < state.refresh_token_grace;
    if spent_for.is_some_and(|spent_for| !is_in_grace(spent_for)) {
        return Err(reused(state, &login));
    }
    if token.is_revoked() {
        return Err(invalid("the refresh token was revoked"));
    }
    let scope = match asked {
        None => login.scope.clone(),
        Some(asked) => asked.within(&login.scope, "the scope goes beyond what was granted")?,
    };
    let audience = narrow_audience(&login.audience, form.audience())?;
    if state.rotate_refresh_tokens && !token.spend() {
        if !token.spent_for().is_some_and(is_in_grace) {
            return Err(reused(state, &login));
        }
        state.tally.refresh_tokens_in_grace.bump();
    }

    let mut answer = issue(state, &login, scope, audience)?;
    if state.rotate_refresh_tokens {
        add_refresh_token(state, &login, &mut answer)?;
    }
    id_token::add(state, client, &login, None, &mut answer)?;
    Ok(answer)
}

fn reused(state: &State, login: &Login) -> OAuthError {
    state.tally.reused_refresh_tokens.bump();
    state.revoke_family(login);
    invalid("the refresh token was used before; all tokens of this login are revoked")
}

fn invalid(description: &'static str) -> OAuthError {
    OAuthError::new(Code::InvalidGrant, description)
}
