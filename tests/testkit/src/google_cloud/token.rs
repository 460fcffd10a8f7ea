//! The token endpoint ("Using OAuth 2.0 for server to server applications").

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse as _;
use bytes::Bytes;
use http::HeaderMap;
use serde_json::{Value, json};

use super::principal::LIFETIME;
use super::{CLIENT, Cloud, Shared};
use crate::form::{Answer, Form};
use crate::jws;
use crate::oauth_error::{Code, OAuthError};
use crate::sync::lock;

const ASSERTION: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
/// The audience of assertions, wherever this is played.
const AUDIENCE: &str = "https://oauth2.googleapis.com/token";
/// How far the clocks may be apart, in seconds.
const LEEWAY: u64 = 60;

pub(super) async fn token(State(cloud): Shared, headers: HeaderMap, body: Bytes) -> Answer {
    let form = Form::from_body(&headers, &body)?;
    let answer = match form.required("grant_type")? {
        ASSERTION => of_assertion(&cloud, &form)?,
        "refresh_token" => of_user(&cloud, &form)?,
        _ => return Err(OAuthError::new(Code::UnsupportedGrantType, "Invalid grant_type")),
    };
    Ok(Json(answer).into_response())
}

fn of_assertion(cloud: &Cloud, form: &Form) -> Result<Value, OAuthError> {
    let assertion = form.required("assertion")?;
    let claims = jws::claims(assertion).ok_or_else(|| invalid("Invalid JWT"))?;
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let email = text("iss").ok_or_else(|| invalid("Invalid JWT: Failed audience check"))?;
    let key = cloud.account(email).ok_or_else(|| invalid("Invalid grant: account not found"))?;
    if !jws::is_signed_by(assertion, &key.published()) {
        return Err(invalid("Invalid JWT Signature."));
    }
    if text("aud") != Some(AUDIENCE) {
        return Err(invalid("Invalid JWT: Failed audience check"));
    }
    check_times(cloud, &claims)?;
    if let Some(audience) = text("target_audience") {
        return Ok(json!({ "id_token": cloud.id_token(email, audience, email)? }));
    }
    let scopes = text("scope").filter(|scopes| !scopes.is_empty());
    let scopes = scopes
        .ok_or_else(|| OAuthError::new(Code::InvalidScope, "Invalid OAuth scope or ID token audience provided."))?;
    let subject = text("sub").unwrap_or(email);
    if subject != email && !cloud.may_act_as(email, subject) {
        let why = "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.";
        return Err(OAuthError::new(Code::UnauthorizedClient, why));
    }
    bearer(cloud, subject, scopes)
}

fn check_times(cloud: &Cloud, claims: &Value) -> Result<(), OAuthError> {
    let number = |name: &str| claims.get(name).and_then(Value::as_u64);
    let now = cloud.clock.unix();
    let is_of_now = |issued: u64, end: u64| issued <= now + LEEWAY && end > now && end <= issued + LIFETIME;
    match (number("iat"), number("exp")) {
        (Some(issued), Some(end)) if is_of_now(issued, end) => Ok(()),
        _ => Err(invalid(
            "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in \
             the JWT claim.",
        )),
    }
}

fn of_user(cloud: &Cloud, form: &Form) -> Result<Value, OAuthError> {
    if (form.required("client_id")?, form.required("client_secret")?) != CLIENT {
        return Err(OAuthError::new(Code::InvalidClient, "Unauthorized"));
    }
    let user = lock(&cloud.users).get(form.required("refresh_token")?).cloned();
    let user = user.ok_or_else(|| invalid("Token has been expired or revoked."))?;
    let scopes = form.one("scope")?.unwrap_or("https://www.googleapis.com/auth/cloud-platform");
    bearer(cloud, &user, scopes)
}

fn bearer(cloud: &Cloud, principal: &str, scopes: &str) -> Result<Value, OAuthError> {
    let token = cloud.grant(cloud.granted(principal, scopes))?;
    Ok(json!({ "access_token": token, "scope": scopes, "expires_in": LIFETIME - 1, "token_type": "Bearer" }))
}

fn invalid(why: &'static str) -> OAuthError {
    OAuthError::new(Code::InvalidGrant, why)
}
