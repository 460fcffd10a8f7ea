//! What takes Google's tokens.

use axum::Json;
use axum::extract::State;
use http::HeaderMap;
use serde_json::{Value, json};

use super::Shared;
use super::iam::Refusal;

pub(super) async fn whoami(State(cloud): Shared, headers: HeaderMap) -> Result<Json<Value>, Refusal> {
    let granted = cloud.authorized(&headers).ok_or(Refusal::Unauthenticated)?;
    Ok(Json(json!({ "principal": granted.principal, "scopes": granted.scopes, "boundary": granted.boundary })))
}

pub(super) async fn certs(State(cloud): Shared) -> Json<Value> {
    Json(cloud.key.published())
}
