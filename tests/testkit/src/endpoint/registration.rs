//! Dynamic registration of clients (RFC 7591), and the management of what was registered (RFC 7592).

use std::sync::Arc;

use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use http::header::{AUTHORIZATION, CACHE_CONTROL};
use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value, json};
use url::Url;

use super::{REGISTER, Shared};
use crate::oauth_error::{Code, OAuthError};
use crate::random;
use crate::state::{Registration, State};

/// RFC 7591 §3.1.
pub(super) async fn register(state: Shared, headers: HeaderMap, body: Bytes) -> Response {
    let token = bearer(&headers);
    if state.initial_access_token.is_some() && token != state.initial_access_token.as_deref() {
        return unauthorized();
    }
    let metadata = match metadata(&body) {
        Ok(metadata) => metadata,
        Err(error) => return error.into_response(),
    };
    let made = random::token("client_", 0).and_then(|id| add(&state, id, metadata));
    match made {
        Ok(answer) => (StatusCode::CREATED, [(CACHE_CONTROL, "no-store")], Json(answer)).into_response(),
        Err(error) => OAuthError::from(error).into_response(),
    }
}

/// RFC 7592 §2.1.
pub(super) async fn read(state: Shared, Path(id): Path<String>, headers: HeaderMap) -> Response {
    match managed(&state, &id, &headers) {
        Some(client) => ([(CACHE_CONTROL, "no-store")], Json(described(&state, &client))).into_response(),
        None => unauthorized(),
    }
}

/// RFC 7592 §2.2.
pub(super) async fn update(state: Shared, Path(id): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(client) = managed(&state, &id, &headers) else { return unauthorized() };
    let mut metadata = match metadata(&body) {
        Ok(metadata) => metadata,
        Err(error) => return error.into_response(),
    };
    let is_own = metadata.get("client_id").is_none_or(|sent| sent == client.id.as_str());
    let is_same_secret = metadata.get("client_secret").is_none_or(|sent| sent.as_str() == client.secret.as_deref());
    if !is_own || !is_same_secret {
        return OAuthError::new(Code::InvalidRequest, "client_id or client_secret is not the client's").into_response();
    }
    for name in SERVERS_OWN {
        metadata.remove(name);
    }
    match add(&state, client.id.clone(), metadata) {
        Ok(answer) => ([(CACHE_CONTROL, "no-store")], Json(answer)).into_response(),
        Err(error) => OAuthError::from(error).into_response(),
    }
}

/// RFC 7592 §2.3.
pub(super) async fn delete(state: Shared, Path(id): Path<String>, headers: HeaderMap) -> Response {
    match managed(&state, &id, &headers) {
        Some(client) => {
            state.clients.remove(&client.id);
            StatusCode::NO_CONTENT.into_response()
        }
        None => unauthorized(),
    }
}

/// The members that the server sets.
const SERVERS_OWN: [&str; 6] = [
    "client_id",
    "client_secret",
    "client_id_issued_at",
    "client_secret_expires_at",
    "registration_access_token",
    "registration_client_uri",
];

/// What a client says of itself (RFC 7591 §2), if its redirect URIs are such.
fn metadata(body: &[u8]) -> Result<Map<String, Value>, OAuthError> {
    let wrong = |code, why: &'static str| OAuthError::new(code, why);
    let metadata: Map<String, Value> = serde_json::from_slice(body)
        .map_err(|_| wrong(Code::InvalidClientMetadata, "the body is not a JSON object"))?;
    let uris = metadata.get("redirect_uris").and_then(Value::as_array);
    let is_redirected = metadata
        .get("grant_types")
        .and_then(Value::as_array)
        .is_none_or(|grants| grants.iter().any(|grant| grant == "authorization_code"));
    if is_redirected && uris.is_none_or(Vec::is_empty) {
        return Err(wrong(Code::InvalidRedirectUri, "redirect_uris is missing"));
    }
    let is_uri =
        |uri: &Value| uri.as_str().and_then(|uri| Url::parse(uri).ok()).is_some_and(|uri| uri.fragment().is_none());
    if !uris.into_iter().flatten().all(is_uri) {
        return Err(wrong(Code::InvalidRedirectUri, "redirect_uris holds what is not a valid URL, or has a fragment"));
    }
    Ok(metadata)
}

/// Registers a client, or replaces what is registered of it; secret and access token stay.
fn add(state: &State, id: String, metadata: Map<String, Value>) -> Result<Value, aws_lc_rs::error::Unspecified> {
    let known = state.clients.get(&id);
    let is_public = metadata.get("token_endpoint_auth_method").is_some_and(|method| method == "none");
    let secret = match known.as_ref().and_then(|client| client.secret.clone()) {
        _ if is_public => None,
        Some(secret) => Some(secret),
        None => Some(random::token("", 0)?),
    };
    let access_token = match known.as_ref().and_then(|client| client.access_token.clone()) {
        Some(token) => token,
        None => random::token("rat_", 0)?,
    };
    let list = |name: &str| {
        let values = metadata.get(name).and_then(Value::as_array).into_iter().flatten();
        values.filter_map(Value::as_str).map(ToOwned::to_owned).collect()
    };
    let client = Registration {
        redirect_uris: list("redirect_uris"),
        post_logout_redirect_uris: list("post_logout_redirect_uris"),
        requires_pkce: is_public,
        access_token: Some(access_token),
        metadata,
        ..Registration::new(id, secret)
    };
    let answer = described(state, &client);
    state.clients.add(client);
    Ok(answer)
}

/// RFC 7591 §3.2.1, RFC 7592 §3.
fn described(state: &State, client: &Registration) -> Value {
    let mut answer = Value::Object(client.metadata.clone());
    let method = if client.secret.is_some() { "client_secret_basic" } else { "none" };
    if answer.get("token_endpoint_auth_method").is_none() {
        answer["token_endpoint_auth_method"] = method.into();
    }
    answer["client_id"] = client.id.as_str().into();
    answer["client_id_issued_at"] = state.clock.unix().into();
    if let Some(secret) = &client.secret {
        answer["client_secret"] = secret.as_str().into();
        // It does not expire.
        answer["client_secret_expires_at"] = 0.into();
    }
    answer["registration_access_token"] = client.access_token.as_deref().into();
    answer["registration_client_uri"] = format!("{}{REGISTER}/{}", state.base_url, client.id).into();
    answer
}

/// The client that the registration access token is of.
fn managed(state: &State, id: &str, headers: &HeaderMap) -> Option<Arc<Registration>> {
    let token = bearer(headers)?;
    state.clients.get(id).filter(|client| client.access_token.as_deref() == Some(token))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

fn unauthorized() -> Response {
    let challenge = [("www-authenticate", "Bearer error=\"invalid_token\"")];
    (StatusCode::UNAUTHORIZED, challenge, Json(json!({ "error": "invalid_token" }))).into_response()
}
