//! The protected API's routes.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::extract::{Path, Query, RawQuery, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{any, get};
use axum::{Extension, Json, Router};
use bytes::Bytes;
use http::header::{AUTHORIZATION, LINK, LOCATION, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use serde_json::{Value, json};

use super::ApiState;
use crate::bearer::{self, Refusal};
use crate::random;
use crate::state::{AccessToken, audience_claim};

/// The token that a request came with, for the handlers.
type Token = Extension<Arc<AccessToken>>;

/// How many there are in the list.
const INVOICES: usize = 5;

/// The metadata of the API (RFC 9728 §3).
const METADATA: &str = "/.well-known/oauth-protected-resource";

pub(super) fn router(shared: Arc<ApiState>) -> Router {
    Router::new()
        .route("/v1/invoices", get(invoices).post(create_invoice))
        .route("/v1/invoices/{id}", get(invoice))
        .route("/v1/whoami", get(whoami))
        .route("/v1/scoped/{scope}", get(scoped))
        .route("/v1/echo", any(echo))
        .route("/v1/redirect", get(redirect))
        .layer(from_fn_with_state(Arc::clone(&shared), guard))
        .route(METADATA, get(metadata))
        .route(&format!("{METADATA}/{{*path}}"), get(metadata))
        .with_state(shared)
}

/// Lets only good tokens through, and counts.
async fn guard(State(shared): State<Arc<ApiState>>, mut request: Request, next: Next) -> Response {
    let url = format!("{}{}", shared.base_url, request.uri().path());
    let token = bearer::authorize(&shared.server, &shared.proofs, request.method(), &url, request.headers());
    let token = token.and_then(|token| {
        let rejected = shared.reject_all.load(Ordering::Acquire);
        if rejected { Err(Refusal::InvalidToken("every token is rejected")) } else { Ok(token) }
    });
    let response = match token {
        Ok(token) => {
            request.extensions_mut().insert(token);
            next.run(request).await
        }
        Err(refusal) => with_metadata(&shared, refusal.into_response()),
    };
    // No route answers these two for another reason.
    match response.status() {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => shared.tally.rejected.bump(),
        _ => shared.tally.accepted.bump(),
    }
    response
}

/// Says in each challenge where the metadata is (RFC 9728 §5.1).
fn with_metadata(shared: &ApiState, mut response: Response) -> Response {
    let challenge = response.headers().get(WWW_AUTHENTICATE).and_then(|value| value.to_str().ok());
    let separator = if challenge.is_some_and(|challenge| challenge.contains('=')) { "," } else { "" };
    let challenge = challenge.map(|it| format!("{it}{separator} resource_metadata=\"{}{METADATA}\"", shared.base_url));
    if let Some(challenge) = challenge.and_then(|challenge| HeaderValue::try_from(challenge).ok()) {
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    }
    response
}

/// RFC 9728 §3.2; a resource with a path has it after the well-known one.
async fn metadata(State(shared): State<Arc<ApiState>>, uri: Uri) -> Json<Value> {
    let path = uri.path().strip_prefix(METADATA).unwrap_or_default();
    Json(json!({
        "resource": format!("{}{path}", shared.base_url),
        "authorization_servers": [shared.server.issuer],
        "bearer_methods_supported": ["header"],
        "dpop_signing_alg_values_supported": ["ES256"],
    }))
}

async fn invoice(Path(id): Path<String>) -> Json<Value> {
    Json(described(&id))
}

fn described(id: &str) -> Value {
    json!({ "id": id, "amount_cents": 1999, "currency": "EUR", "customer": "Acme GmbH" })
}

/// Five of them, in pages; the next one is in `Link` (RFC 8288).
async fn invoices(State(shared): State<Arc<ApiState>>, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let number =
        |name: &str, usual: usize| query.get(name).and_then(|text| text.parse().ok()).unwrap_or(usual).clamp(1, 100);
    let (page, per_page) = (number("page", 1), number("per_page", 2));
    let ids: Vec<usize> = (1..=INVOICES).skip((page - 1) * per_page).take(per_page).collect();
    let items: Vec<Value> = ids.iter().map(|id| described(&id.to_string())).collect();
    let mut response = Json(items).into_response();
    if page * per_page < INVOICES {
        let next = format!("{}/v1/invoices?per_page={per_page}&page={}", shared.base_url, page + 1);
        if let Ok(link) = HeaderValue::try_from(format!("<{next}>; rel=\"next\"")) {
            response.headers_mut().insert(LINK, link);
        }
    }
    response
}

async fn create_invoice(body: Bytes) -> Response {
    let Ok(Value::Object(mut invoice)) = serde_json::from_slice(&body) else {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "the body is not a JSON object" }))).into_response();
    };
    let Ok(id) = random::token("inv_", 0) else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    invoice.insert("id".into(), id.into());
    (StatusCode::CREATED, Json(Value::Object(invoice))).into_response()
}

async fn whoami(Extension(token): Token) -> Json<Value> {
    Json(describe(&token))
}

async fn scoped(Path(scope): Path<String>, Extension(token): Token) -> Result<Json<Value>, Refusal> {
    if token.scope.contains(&scope) { Ok(Json(describe(&token))) } else { Err(Refusal::InsufficientScope(scope)) }
}

async fn echo(method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Json<Value> {
    Json(shown(&method, &uri, &headers, &body))
}

/// A request, for the eyes of a test.
pub(crate) fn shown(method: &Method, uri: &Uri, headers: &HeaderMap, body: &Bytes) -> Value {
    let mut shown: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (name, value) in headers.iter().filter(|(name, _)| *name != AUTHORIZATION) {
        shown.entry(name.as_str()).or_default().push(String::from_utf8_lossy(value.as_bytes()).into_owned());
    }
    // RFC 9110 §5.3: several fields of one name read as one, with commas.
    let shown: BTreeMap<&str, String> = shown.into_iter().map(|(name, values)| (name, values.join(", "))).collect();
    json!({
        "method": method.as_str(),
        "path": uri.path(),
        "query": uri.query(),
        "headers": shown,
        "body": String::from_utf8_lossy(body),
    })
}

async fn redirect(RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let to = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "to").map(|(_, to)| to.into_owned());
    match to.and_then(|to| HeaderValue::try_from(to).ok()) {
        Some(to) => (StatusCode::FOUND, [(LOCATION, to)]).into_response(),
        None => (StatusCode::BAD_REQUEST, Json(json!({ "error": "`to` is missing" }))).into_response(),
    }
}

fn describe(token: &AccessToken) -> Value {
    let login = &token.login;
    let mut answer = json!({
        "client_id": login.client_id,
        "sub": login.subject(),
        "scope": token.scope.to_string(),
    });
    if let Some(audience) = audience_claim(&token.audience) {
        answer["aud"] = audience;
    }
    answer
}
