//! `grant_type=urn:ietf:params:oauth:grant-type:token-exchange` (RFC 8693).

use std::sync::Arc;

use super::{ID_JAG, TokenAnswer, identity_assertion, issue};
use crate::form::Form;
use crate::oauth_error::{Code, OAuthError};
use crate::scope::Scope;
use crate::state::{Login, Registration, State};

const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
const REFRESH_TOKEN: &str = "urn:ietf:params:oauth:token-type:refresh_token";
const ID_TOKEN: &str = "urn:ietf:params:oauth:token-type:id_token";
const JWT: &str = "urn:ietf:params:oauth:token-type:jwt";

/// Exchanges a token of this server for an access token of the same user: for another audience, or less scope, or both. Or for an identity
/// assertion, for another server.
///
/// An actor is known to the tokens that come of it ([`ProtectedApi`](crate::ProtectedApi), introspection: `act`).
pub(super) fn exchange(state: &State, client: &Registration, form: &Form) -> Result<TokenAnswer, OAuthError> {
    let subject = token(state, form, "subject_token")?;
    let actor = match form.one("actor_token")? {
        Some(_) => Some(token(state, form, "actor_token")?),
        None if form.one("actor_token_type")?.is_some() => {
            return Err(OAuthError::new(Code::InvalidRequest, "actor_token_type is sent without actor_token"));
        }
        None => None,
    };
    if form.one("requested_token_type")? == Some(ID_JAG) {
        return identity_assertion::issue(state, client, form, &subject);
    }
    if form.one("requested_token_type")?.is_some_and(|wanted| wanted != ACCESS_TOKEN && wanted != JWT) {
        return Err(OAuthError::new(Code::InvalidRequest, "only access tokens are issued for others"));
    }
    let scope = match form.one("scope")? {
        None => subject.scope.clone(),
        Some(asked) => {
            Scope::parse(asked)?.within(&subject.scope, "the scope goes beyond that of the subject token")?
        }
    };
    let mut login = state.login(&client.id, subject.user.clone(), scope.clone(), form.audience());
    login.on_behalf_of = Some(subject.subject().to_owned());
    login.actor = actor.map(|actor| actor.subject().to_owned());
    let login = Arc::new(login);
    let mut answer = issue(state, &login, scope, login.audience.clone())?;
    // RFC 8693 §2.2.1.
    answer.issued_token_type = Some(ACCESS_TOKEN);
    Ok(answer)
}

/// The login that a token is of.
fn token(state: &State, form: &Form, name: &'static str) -> Result<Arc<Login>, OAuthError> {
    let text = form.required(name)?;
    let kind = form.required(&format!("{name}_type"))?;
    let login = match kind {
        ACCESS_TOKEN => state.tokens.good_access_token(text).ok().map(|token| Arc::clone(&token.login)),
        REFRESH_TOKEN => {
            let token =
                state.tokens.refresh_token(text).filter(|token| !token.is_revoked() && token.spent_for().is_none());
            token.map(|token| Arc::clone(&token.login))
        }
        ID_TOKEN | JWT => state.tokens.login_of_id_token(text),
        _ => return Err(OAuthError::new(Code::InvalidRequest, format!("{name}_type is not known here"))),
    };
    // RFC 8693 §2.2.2: not invalid_grant.
    login.ok_or_else(|| OAuthError::new(Code::InvalidRequest, format!("{name} is not good here")))
}
