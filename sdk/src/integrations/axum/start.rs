use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::WebLogin;
use super::extractors::{goes_there, login_required};
use super::page::not_kept;
use super::pending_cookie::Begun;
use super::return_path::ReturnPath;
use crate::error::Result;

/// Sends the browser to the authorization server: a navigation of its window only. What a page loads, or the browser prefetches, would leave
/// logins under way behind.
pub(super) async fn start(State(login): State<WebLogin>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    if !goes_there(&headers) {
        return login_required();
    }
    let return_to = ReturnPath::asked_for(query.as_deref().unwrap_or_default());
    begin(&login, &headers, return_to.as_ref()).await.unwrap_or_else(|error| login.failed(&error))
}

async fn begin(login: &WebLogin, headers: &HeaderMap, return_to: Option<&ReturnPath>) -> Result<Response> {
    let (url, pending) = login.inner().login.begin().await?;
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, String::from(url))]).into_response();
    Begun::set(login, headers, response.headers_mut(), pending, return_to)?;
    Ok(not_kept(response))
}
