//! The Security Token Service (RFC 8693; AIP-4117).

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse as _;
use bytes::Bytes;
use http::HeaderMap;
use serde_json::{Value, json};

use super::principal::{Granted, LIFETIME};
use super::{Cloud, Shared};
use crate::form::{Answer, Form};
use crate::jws;
use crate::oauth_error::{Code, OAuthError};
use crate::sync::lock;

const EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
const ID_TOKEN: &str = "urn:ietf:params:oauth:token-type:id_token";
const JWT: &str = "urn:ietf:params:oauth:token-type:jwt";

pub(super) async fn token(State(cloud): Shared, headers: HeaderMap, body: Bytes) -> Answer {
    let form = Form::from_body(&headers, &body)?;
    if form.required("grant_type")? != EXCHANGE {
        return Err(OAuthError::new(Code::UnsupportedGrantType, "Invalid grant_type"));
    }
    if form.required("requested_token_type")? != ACCESS_TOKEN {
        return Err(OAuthError::new(Code::InvalidRequest, "Invalid requested_token_type"));
    }
    let granted = match form.required("subject_token_type")? {
        JWT | ID_TOKEN => of_workload(&cloud, &form)?,
        ACCESS_TOKEN => downscoped(&cloud, &form)?,
        _ => return Err(OAuthError::new(Code::InvalidRequest, "Invalid subject_token_type")),
    };
    let answer = json!({
        "access_token": cloud.grant(granted)?,
        "issued_token_type": ACCESS_TOKEN,
        "token_type": "Bearer",
        "expires_in": LIFETIME,
    });
    Ok(Json(answer).into_response())
}

/// Of a token that an issuer elsewhere has signed.
fn of_workload(cloud: &Cloud, form: &Form) -> Result<Granted, OAuthError> {
    let provider = form.required("audience")?;
    let trusted = lock(&cloud.issuers).get(provider).cloned();
    let trusted = trusted.ok_or_else(|| {
        OAuthError::new(Code::InvalidTarget, "The target service indicated by the \"audience\" parameters is invalid.")
    })?;
    let token = form.required("subject_token")?;
    let claims = jws::claims(token).ok_or_else(|| invalid("ID Token is malformed"))?;
    if claims.get("iss").and_then(Value::as_str) != Some(trusted.server.issuer.as_str()) {
        return Err(invalid("The issuer in ID Token does not match the expected one."));
    }
    if !jws::is_signed_by(token, &trusted.server.keys.published()) {
        return Err(invalid("Error verifying the ID Token signature."));
    }
    let is_for_it = |audience: &Value| audience == trusted.audience.as_str();
    let audience = claims.get("aud").unwrap_or(&Value::Null);
    if !audience.as_array().map_or_else(|| is_for_it(audience), |all| all.iter().any(is_for_it)) {
        return Err(invalid("The audience in ID Token does not match the expected audience."));
    }
    if claims.get("exp").and_then(Value::as_u64).is_none_or(|end| end <= cloud.clock.unix()) {
        return Err(invalid("ID Token is stale to sign-in."));
    }
    let subject = claims.get("sub").and_then(Value::as_str).ok_or_else(|| invalid("The ID Token has no sub."))?;
    let pool = provider.split("/providers/").next().unwrap_or(provider);
    Ok(cloud.granted(format!("principal:{pool}/subject/{subject}"), form.required("scope")?))
}

/// Of an access token of Google's: the same with less access.
fn downscoped(cloud: &Cloud, form: &Form) -> Result<Granted, OAuthError> {
    let source = cloud.good(form.required("subject_token")?);
    let source = source.ok_or_else(|| OAuthError::new(Code::InvalidRequest, "Invalid subject token"))?;
    // The value is encoded once more than a form's is.
    let options =
        form_urlencoded::parse(form.required("options")?.as_bytes()).next().map(|(text, _)| text.into_owned());
    let options: Option<Value> = options.and_then(|text| serde_json::from_str(&text).ok());
    let boundary = options.as_ref().and_then(|options| options.get("accessBoundary")).cloned();
    let boundary = boundary.ok_or_else(|| OAuthError::new(Code::InvalidRequest, "Invalid options"))?;
    Ok(Granted { boundary: Some(boundary), ..source })
}

fn invalid(why: &'static str) -> OAuthError {
    OAuthError::new(Code::InvalidGrant, why)
}
