use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::WebLogin;
use super::extractors::{goes_there, login_required};
use super::page::{self, not_kept};
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
    if is_from_elsewhere(&headers) {
        match login.session(&headers).await {
            // Any page can lead the browser here, and a server that knows the person asks nothing: the session would be replaced unseen, by
            // one of another account maybe.
            Ok(Some(_)) => return ask(&login, return_to.as_ref()),
            Ok(None) => {}
            Err(error) => return login.failed(&error),
        }
    }
    begin(&login, &headers, return_to.as_ref()).await.unwrap_or_else(|error| login.failed(&error))
}

/// Whether another site sent the browser here, or another host of this one. What does not say so is of the person's own doing, or of a
/// browser that is too old to say it (Fetch Metadata Request Headers §2.3).
fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none")
}

/// Has the person say whether the session that they have is to be replaced.
fn ask(login: &WebLogin, return_to: Option<&ReturnPath>) -> Response {
    let path = login.login_path();
    page::log_in_again(&return_to.map_or_else(|| path.clone(), |return_to| return_to.after(&path)))
}

async fn begin(login: &WebLogin, headers: &HeaderMap, return_to: Option<&ReturnPath>) -> Result<Response> {
    let (url, pending) = login.inner().login.begin().await?;
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, String::from(url))]).into_response();
    Begun::set(login, headers, response.headers_mut(), pending, return_to)?;
    Ok(not_kept(response))
}
