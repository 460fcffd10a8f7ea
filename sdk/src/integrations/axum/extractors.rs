use axum::Json;
use axum::extract::{FromRef, FromRequestParts, NestedPath, OptionalFromRequestParts};
use axum::http::header::{ACCEPT, LOCATION, VARY};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::page::not_kept;
use super::return_path::ReturnPath;
use super::{Session, WebLogin};
use crate::credentials::Credentials;
use crate::error::Error;
use crate::provider::Person;
use crate::wire;

/// The answer to a request that has no session, or whose session cannot be looked up: the way to the login for a page, 401 for
/// everything else, or the page of an error.
#[derive(Debug)]
pub struct Rejection(Box<Response>);

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        *self.0
    }
}

impl Rejection {
    fn login_required(login: &WebLogin, parts: &Parts) -> Self {
        if !is_page(parts) {
            return Self(Box::new(login_required()));
        }
        let path = login.login_path();
        let back = here(parts).filter(|_| parts.method != Method::POST);
        let to = back.map_or_else(|| path.clone(), |back| back.after(&path));
        Self(Box::new(of_asked((StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response())))
    }

    fn failed(login: &WebLogin, error: &Error) -> Self {
        Self(Box::new(login.failed(error)))
    }
}

/// The answer to what is no page.
pub(super) fn login_required() -> Response {
    of_asked((StatusCode::UNAUTHORIZED, Json(json!({ "error": "login_required" }))).into_response())
}

/// It depends on who asks, and what for.
fn of_asked(mut response: Response) -> Response {
    response.headers_mut().append(VARY, HeaderValue::from_static(VARIES));
    not_kept(response)
}

const VARIES: &str = "accept, cookie, sec-fetch-dest, sec-fetch-mode, sec-purpose";

/// The window of a browser goes there, as far as the browser says.
pub(super) fn goes_there(headers: &HeaderMap) -> bool {
    !wire::is_part_of_a_page(headers) && !wire::is_prefetch(headers)
}

/// Whether a browser's window asks for it.
fn is_page(parts: &Parts) -> bool {
    if !goes_there(&parts.headers) {
        return false;
    }
    let accepted = parts.headers.get_all(ACCEPT).iter().filter_map(|accepted| accepted.to_str().ok());
    accepted.flat_map(|accepted| accepted.split(',')).any(|kind| {
        let kind = kind.split(';').next().unwrap_or_default().trim();
        kind.eq_ignore_ascii_case("text/html") || kind.eq_ignore_ascii_case("application/xhtml+xml")
    })
}

/// The path of the request, as the browser knows it.
fn here(parts: &Parts) -> Option<ReturnPath> {
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    match parts.extensions.get::<NestedPath>().map(NestedPath::as_str) {
        // What it was nested under is taken away; a pattern does not say what stood there.
        Some(nested) if nested.contains('{') => None,
        Some(nested) => ReturnPath::new(&format!("{}{path}", nested.trim_end_matches('/'))),
        None => ReturnPath::new(path),
    }
}

/// The session, looked up once for all extractors of a request.
async fn session(login: &WebLogin, parts: &mut Parts) -> Result<Option<Session>, Rejection> {
    if let Some(found) = parts.extensions.get::<Session>().filter(|found| found.is_of(login)) {
        return Ok(Some(found.clone()));
    }
    let found = login.session(&parts.headers).await.map_err(|error| Rejection::failed(login, &error))?;
    if let Some(found) = &found {
        parts.extensions.insert(found.clone());
    }
    Ok(found)
}

/// The person's credentials, with a token that is valid now: one that has expired is refreshed first. `None` where that takes a login.
async fn credentials(login: &WebLogin, parts: &mut Parts) -> Result<Option<Credentials>, Rejection> {
    let Some(session) = session(login, parts).await? else { return Ok(None) };
    let credentials = session.credentials();
    match credentials.token().await {
        Ok(_) => Ok(Some(credentials)),
        Err(error) if error.needs_login() => Ok(None),
        Err(error) => Err(Rejection::failed(login, &error)),
    }
}

macro_rules! extractors {
    ($($(#[$attribute:meta])* $extracted:ty => |$login:ident, $parts:ident| $extract:expr;)+) => {
        $(
            $(#[$attribute])*
            impl<S: Send + Sync> OptionalFromRequestParts<S> for $extracted
            where
                WebLogin: FromRef<S>,
            {
                type Rejection = Rejection;

                async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, Rejection> {
                    let ($login, $parts) = (&WebLogin::from_ref(state), parts);
                    $extract
                }
            }

            $(#[$attribute])*
            impl<S: Send + Sync> FromRequestParts<S> for $extracted
            where
                WebLogin: FromRef<S>,
            {
                type Rejection = Rejection;

                async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Rejection> {
                    let login = WebLogin::from_ref(state);
                    let found = <Self as OptionalFromRequestParts<S>>::from_request_parts(parts, state).await?;
                    found.ok_or_else(|| Rejection::login_required(&login, parts))
                }
            }
        )+
    };
}

extractors! {
    Session => |login, parts| session(login, parts).await;
    /// Who has logged in; without a session, as [`Session`].
    Person => |login, parts| Ok(session(login, parts).await?.map(|session| session.person().clone()));
    /// The credentials of the person who has logged in, with a token that is valid now; where they have to log in for one, as without a
    /// [`Session`].
    Credentials => |login, parts| credentials(login, parts).await;
}
