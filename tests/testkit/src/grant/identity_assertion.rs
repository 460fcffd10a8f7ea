//! Identity assertions (ID-JAG, draft-ietf-oauth-identity-assertion-authz-grant): issued here as the identity provider, by token exchange,
//! and taken as the API's server, by JWT bearer.

use serde_json::{Value, json};

use super::TokenAnswer;
use crate::form::Form;
use crate::jws;
use crate::oauth_error::{Code, OAuthError};
use crate::random;
use crate::scope::Scope;
use crate::state::{Login, Registration, State, audience_claim, narrow_audience};

/// The type of the token that is asked for and issued.
pub(crate) const ID_JAG: &str = "urn:ietf:params:oauth:token-type:id-jag";
/// What a server announces that takes them.
pub(crate) const PROFILE: &str = "urn:ietf:params:oauth:grant-profile:id-jag";

const TYP: &str = "oauth-id-jag+jwt";
const LIFETIME: u64 = 300;

/// Issues one for the user of this login, to be taken by the server that is the audience. It names the client by the ID that it has here.
pub(super) fn issue(
    state: &State,
    client: &Registration,
    form: &Form,
    subject: &Login,
) -> Result<TokenAnswer, OAuthError> {
    if subject.client_id != client.id {
        return Err(OAuthError::new(Code::InvalidRequest, "the subject token is of another client"));
    }
    let audience = form.required("audience")?;
    if audience == state.issuer {
        return Err(OAuthError::new(Code::InvalidTarget, "an identity assertion is for another server"));
    }
    let scope = state.scope_to_grant(form.one("scope")?)?;
    let now = state.clock.unix();
    let mut claims = json!({
        "iss": state.issuer,
        "sub": subject.subject(),
        "aud": audience,
        "client_id": client.id,
        "jti": random::token("jti_", 0)?,
        "iat": now,
        "exp": now + LIFETIME,
        "scope": scope.to_string(),
    });
    let resources: Vec<_> = form.all("resource").map(ToOwned::to_owned).collect();
    if let Some(resource) = audience_claim(&resources) {
        claims["resource"] = resource;
    }
    Ok(TokenAnswer {
        access_token: state.keys.sign_as(TYP, &claims)?,
        token_type: "N_A",
        expires_in: LIFETIME,
        scope: (!scope.is_empty()).then(|| scope.to_string()),
        refresh_token: None,
        id_token: None,
        issued_token_type: Some(ID_JAG),
    })
}

/// Whether an assertion says to be one.
pub(super) fn is_one(assertion: &str) -> bool {
    jws::typ(assertion).as_deref() == Some(TYP)
}

/// What one is good for, the scope and the audience, if it is of another server and for this client.
pub(super) fn granted(
    state: &State,
    client: &Registration,
    form: &Form,
    claims: &Value,
) -> Result<(Scope, Vec<String>), OAuthError> {
    let invalid = |why: &'static str| Err(OAuthError::new(Code::InvalidGrant, why));
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    if text("iss") == Some(&*state.issuer) {
        return invalid("the identity assertion is of this server itself");
    }
    if text("client_id") != Some(&*client.id) {
        return invalid("the identity assertion is for another client");
    }
    let granted = state.scope_to_grant(text("scope"))?;
    let scope = match form.one("scope")? {
        None => granted,
        Some(asked) => Scope::parse(asked)?.within(&granted, "the scope goes beyond the identity assertion")?,
    };
    let named = claims.get("resource").cloned().unwrap_or_default();
    let named = named.as_array().cloned().unwrap_or_else(|| vec![named]);
    let resources: Vec<_> = named.iter().filter_map(Value::as_str).map(ToOwned::to_owned).collect();
    Ok((scope, narrow_audience(&resources, form.audience())?))
}
