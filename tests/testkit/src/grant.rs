//! The grants of the token endpoint, and what they end in.

mod authorization_code;
mod client_credentials;
mod device_code;
mod id_token;
mod identity_assertion;
mod jwt_bearer;
mod refresh_token;
mod token_exchange;

use std::sync::Arc;

use serde::Serialize;

pub(crate) use self::identity_assertion::{ID_JAG, PROFILE as ID_JAG_PROFILE};

use crate::form::Form;
use crate::oauth_error::{Code, OAuthError};
use crate::random;
use crate::scope::Scope;
use crate::state::{AccessToken, Login, RefreshToken, RefreshTokens, Registration, State};
use crate::sync::lock;

pub(crate) const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";
pub(crate) const CIBA: &str = "urn:openid:params:grant-type:ciba";
pub(crate) const TOKEN_EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
pub(crate) const JWT_BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// A successful answer (RFC 6749 §5.1, OpenID Connect Core §3.1.3.3).
#[derive(Debug, Serialize)]
pub(crate) struct TokenAnswer {
    access_token: String,
    token_type: &'static str,
    expires_in: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<String>,
    /// RFC 8693 §2.2.1.
    #[serde(skip_serializing_if = "Option::is_none")]
    issued_token_type: Option<&'static str>,
}

impl TokenAnswer {
    /// Whose token it is.
    #[cfg(feature = "catalogue")]
    pub(crate) fn subject(&self, state: &State) -> String {
        state.tokens.access_token(&self.access_token).map_or(String::new(), |token| token.login.subject().to_owned())
    }

    /// Binds what was issued to a key (RFC 9449 §5); a refresh token only where the client has no secret.
    pub(crate) fn bind(&mut self, state: &State, client: &Registration, jkt: &str) {
        if self.issued_token_type == Some(ID_JAG) {
            return;
        }
        if let Ok(token) = state.tokens.good_access_token(&self.access_token) {
            token.bind(jkt);
            if client.secret.is_none() {
                let _ = token.login.bound_to.set(jkt.to_owned());
            }
        }
        self.token_type = "DPoP";
    }
}

/// Answers the token request of a client that has authenticated, and has proved this key.
pub(crate) fn exchange(
    state: &State,
    client: &Registration,
    form: &Form,
    jkt: Option<&str>,
) -> Result<TokenAnswer, OAuthError> {
    check_key(state, client, form, jkt)?;
    if state.requires_resource && form.all("resource").next().is_none() {
        return Err(OAuthError::new(Code::InvalidTarget, "the request names no resource"));
    }
    let mut answer = match form.required("grant_type")? {
        "authorization_code" => authorization_code::exchange(state, client, form)?,
        "client_credentials" => client_credentials::exchange(state, client, form)?,
        "refresh_token" => refresh_token::exchange(state, client, form)?,
        DEVICE_CODE => device_code::exchange(state, client, form, "device_code")?,
        CIBA => device_code::exchange(state, client, form, "auth_req_id")?,
        TOKEN_EXCHANGE => token_exchange::exchange(state, client, form)?,
        JWT_BEARER => jwt_bearer::exchange(state, client, form)?,
        _ => return Err(OAuthError::new(Code::UnsupportedGrantType, "the grant type is not offered here")),
    };
    if let Some(jkt) = jkt {
        answer.bind(state, client, jkt);
    }
    Ok(answer)
}

/// Refuses a code or a refresh token that is bound to another key.
fn check_key(state: &State, client: &Registration, form: &Form, jkt: Option<&str>) -> Result<(), OAuthError> {
    let code = form.one("code")?.and_then(|text| state.tokens.code(text)).map(|code| Arc::clone(&code.login));
    let refresh_token = form.one("refresh_token")?.filter(|_| client.secret.is_none());
    let refreshed =
        refresh_token.and_then(|text| state.tokens.refresh_token(text)).map(|token| Arc::clone(&token.login));
    let is_foreign = |login: Arc<Login>| login.bound_to.get().is_some_and(|bound_to| Some(bound_to.as_str()) != jkt);
    if code.or(refreshed).is_some_and(is_foreign) {
        return Err(OAuthError::new(Code::InvalidGrant, "it is bound to another key (DPoP)"));
    }
    Ok(())
}

/// Issues another access token of the same login for one that is good.
#[cfg(feature = "catalogue")]
pub(crate) fn issue_again(state: &State, text: &str) -> Result<TokenAnswer, OAuthError> {
    let token = state.tokens.good_access_token(text).map_err(|why| OAuthError::new(Code::InvalidGrant, why))?;
    let answer = issue(state, &token.login, token.scope.clone(), token.audience.clone())?;
    if let Some(issued) = state.tokens.access_token(&answer.access_token) {
        issued.set_long_lived();
    }
    Ok(answer)
}

/// Issues an access token.
fn issue(state: &State, login: &Arc<Login>, scope: Scope, audience: Vec<String>) -> Result<TokenAnswer, OAuthError> {
    let text = random::token("at_", state.access_token_length)?;
    let lifetime = lock(&state.live).access_token_lifetime;
    let token = Arc::new(AccessToken::new(Arc::clone(login), scope, audience, lifetime, &state.clock));
    state.tokens.add_access_token(text.clone(), Arc::clone(&token));
    state.tally.access_tokens_issued.bump();
    Ok(TokenAnswer {
        access_token: text,
        token_type: "Bearer",
        expires_in: token.expires_in(),
        scope: (!token.scope.is_empty()).then(|| token.scope.to_string()),
        refresh_token: None,
        id_token: None,
        issued_token_type: None,
    })
}

/// Adds a refresh token to an answer, where the server is set up to give one.
fn add_refresh_token(state: &State, login: &Arc<Login>, answer: &mut TokenAnswer) -> Result<(), OAuthError> {
    let wanted = match state.refresh_tokens {
        RefreshTokens::Always => true,
        RefreshTokens::WithOfflineAccess => login.scope.contains("offline_access"),
        RefreshTokens::Never => false,
    };
    if wanted && !login.is_without_refresh_token() {
        let text = random::token("rt_", 0)?;
        state.tokens.add_refresh_token(text.clone(), RefreshToken::new(Arc::clone(login), &state.clock));
        state.tally.refresh_tokens_issued.bump();
        answer.refresh_token = Some(text);
    }
    Ok(())
}
