//! The metadata server of a machine in Google's cloud ("About VM metadata").

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::json;

use super::principal::LIFETIME;
use super::{Cloud, PROJECT, Shared};
use crate::sync::lock;

const FLAVOR: HeaderName = HeaderName::from_static("metadata-flavor");
const GOOGLE: HeaderValue = HeaderValue::from_static("Google");
/// Of an account that is attached, unless others are asked for.
const SCOPES: &str = "https://www.googleapis.com/auth/cloud-platform";

/// By this a client sees that it is one.
pub(super) async fn root() -> Response {
    ([(FLAVOR, GOOGLE)], "computeMetadata/\n").into_response()
}

pub(super) async fn read(
    State(cloud): Shared,
    Path(path): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    if headers.get(FLAVOR) != Some(&GOOGLE) {
        // A browser that was led here by a page sends no such header.
        let why = "Missing Metadata-Flavor:Google header.";
        return (StatusCode::FORBIDDEN, [(FLAVOR, GOOGLE)], why).into_response();
    }
    let mut response = answer(&cloud, &path, &query).unwrap_or_else(|| StatusCode::NOT_FOUND.into_response());
    response.headers_mut().insert(FLAVOR, GOOGLE);
    response
}

fn answer(cloud: &Cloud, path: &str, query: &BTreeMap<String, String>) -> Option<Response> {
    match path {
        "project/project-id" => return Some(PROJECT.into_response()),
        "universe/universe-domain" => return Some("googleapis.com".into_response()),
        _ => {}
    }
    let (account, leaf) = path.strip_prefix("instance/service-accounts/")?.split_once('/')?;
    let attached = lock(&cloud.attached).clone();
    let email = attached.filter(|email| account == "default" || account == email)?;
    match leaf {
        "email" => Some(email.into_response()),
        "scopes" => Some(SCOPES.into_response()),
        "token" => {
            let scopes = query.get("scopes").map_or_else(|| SCOPES.to_owned(), |scopes| scopes.replace(',', " "));
            let token = cloud.grant(cloud.granted(email, &scopes)).ok()?;
            let body = json!({ "access_token": token, "expires_in": LIFETIME - 1, "token_type": "Bearer" });
            Some(Json(body).into_response())
        }
        "identity" => {
            let audience = query.get("audience").filter(|audience| !audience.is_empty())?;
            Some(cloud.id_token(&email, audience, &super::principal::id(&email)).ok()?.into_response())
        }
        _ => None,
    }
}
