use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use url::form_urlencoded;

use super::page::{self, not_kept};
use super::session_keeper::SessionKeeper;
use super::{Session, WebLogin};
use crate::error::{Error, Result};

/// Ends the session, and the browser's at the server where that is asked for.
pub(super) async fn log_out(State(login): State<WebLogin>, headers: HeaderMap, body: Bytes) -> Response {
    let inner = login.inner();
    let session = match login.session(&headers).await {
        Ok(session) => session,
        Err(error) => return login.failed(&error),
    };
    // Without a session nothing ends, and no cookie is removed: a form of another site comes without the session's.
    let Some(session) = session else {
        let answer = if is_from_here(&login, &headers) {
            logged_out(&login)
        } else {
            page::foreign_log_out(&login.login_path())
        };
        return not_kept(answer);
    };
    if !is_from_here(&login, &headers) && !has_token(&session, &body) {
        return page::foreign_log_out(&login.login_path());
    }
    let ended = end(&login, &session).await;
    // Without the cookie the person could not try again.
    let goes_on = ended.as_ref().is_err_and(Error::is_retryable);
    let mut response = match ended {
        Ok(Some(at_server)) => (StatusCode::SEE_OTHER, [(header::LOCATION, at_server)]).into_response(),
        Ok(None) => logged_out(&login),
        Err(error) => login.failed(&error),
    };
    if !goes_on {
        SessionKeeper::forget(&inner.cookies, response.headers_mut());
    }
    not_kept(response)
}

/// Where it ends: at a page that needs no login unless the program has one, as the server would log the person in again there unasked.
fn logged_out(login: &WebLogin) -> Response {
    match &login.inner().after_logout {
        Some(path) => (StatusCode::SEE_OTHER, [(header::LOCATION, path)]).into_response(),
        None => page::logged_out(&login.login_path()),
    }
}

/// Whether a page of this application posted it. The session's cookie goes with no form of another site (`SameSite`), but with those of
/// other hosts of the same site.
fn is_from_here(login: &WebLogin, headers: &HeaderMap) -> bool {
    let says = |name: &str, wanted: &str| headers.get(name).is_some_and(|value| value.as_bytes() == wanted.as_bytes());
    // Browsers set these themselves, and no page can (Fetch Metadata Request Headers §2.3, RFC 6454 §7).
    says("sec-fetch-site", "same-origin") || says("origin", &login.inner().addresses.origin)
}

/// Whether the form has what only a page of this session knows.
fn has_token(session: &Session, body: &[u8]) -> bool {
    let mut tokens = form_urlencoded::parse(body).filter(|(name, _)| name == "csrf_token");
    tokens.any(|(_, token)| session.is_csrf_token(&token))
}

/// Ends the session, and says where the browser is logged out at the server, if it is. Tokens are revoked whatever comes of it.
///
/// # Errors
///
/// That of the store: the session may go on elsewhere.
async fn end(login: &WebLogin, session: &Session) -> Result<Option<String>> {
    let inner = login.inner();
    let is_over = inner.sessions.end(&session.content.id, inner.login.time()).await;
    let credentials = session.credentials();
    let id_token = match &inner.logout_request {
        // Not by a token, which would be refreshed where it has expired, to be revoked at once.
        Some(_) => credentials.known_id_token().await,
        None => None,
    };
    // The session is over whatever comes of it.
    inner.give_tokens_up(&credentials).await;
    is_over?;
    let Some(request) = inner.logout_request.clone() else { return Ok(None) };
    let request = match id_token {
        Some(id_token) => request.id_token_hint(id_token),
        None => request.client_id(inner.login.client_id()),
    };
    // What it comes back to is a page like any other: nothing hangs on its `state`.
    request.start().map(|(url, _)| Some(url.into()))
}
