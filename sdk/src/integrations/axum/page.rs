use std::borrow::Cow;
use std::sync::LazyLock;

use aws_lc_rs::digest::{SHA256, digest};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, RETRY_AFTER, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::error::{Error, ErrorKind};

const STYLE: &str = "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem;\
                     color-scheme:light dark}";

/// A plain page for a person whose login failed, or whose request did: our own words, nothing of the request or the error.
pub(super) fn of_error(error: &Error, login: Option<&str>) -> Response {
    let (status, title, text) = text_of(error);
    let mut response = page(status, title, text, login);
    if let Some(wait) = error.retry_after().filter(|_| status == StatusCode::SERVICE_UNAVAILABLE) {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait.as_secs().max(1)));
    }
    response
}

/// After a logout.
pub(super) fn logged_out(login: &str) -> Response {
    page(StatusCode::OK, "Logged out", "You are logged out.", Some(login))
}

/// A logout that another page posted.
pub(super) fn foreign_log_out(login: &str) -> Response {
    page(
        StatusCode::FORBIDDEN,
        "Not logged out",
        "Another page asked to log you out. Log out from a page of this site.",
        Some(login),
    )
}

/// Another page asks for a login, and there is a session: the link here is followed from this site.
pub(super) fn log_in_again(login: &str) -> Response {
    page(
        StatusCode::OK,
        "Log in again?",
        "You are logged in, and another page asks for a new login, which would end your session.",
        Some(login),
    )
}

/// A form that is posted to this path of this site as soon as the page is there, or by a click where scripts are off.
pub(super) fn of_form<'a>(action: &str, pairs: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>) -> Response {
    let inputs = pairs.fold(String::new(), |inputs, (name, value)| {
        inputs + "<input type=hidden name=\"" + &escaped(&name) + "\" value=\"" + &escaped(&value) + "\">"
    });
    let html = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>\
         <title>Log in</title><style>{STYLE}</style><form method=post action=\"{}\">{inputs}\
         <noscript><button>Continue</button></noscript></form><script>{POST}</script></html>",
        escaped(action)
    );
    not_kept(
        ([(CONTENT_SECURITY_POLICY, POLICY_OF_FORM.as_str()), (X_CONTENT_TYPE_OPTIONS, "nosniff")], Html(html))
            .into_response(),
    )
}

/// By the prototype: an input of that name, which is what a server's answer says, hides the form's own method.
const POST: &str = "HTMLFormElement.prototype.submit.call(document.forms[0])";

static POLICY_OF_FORM: LazyLock<String> = LazyLock::new(|| {
    let hash = BASE64_STANDARD.encode(digest(&SHA256, POST.as_bytes()));
    format!(
        "default-src 'none'; script-src 'sha256-{hash}'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; \
         form-action 'self'"
    )
});

/// With the code in the address, or a session in a cookie: nothing between keeps it, and no page that follows is told of it.
pub(super) fn not_kept(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().entry(REFERRER_POLICY).or_insert(HeaderValue::from_static("no-referrer"));
    response
}

fn text_of(error: &Error) -> (StatusCode, &'static str, &'static str) {
    match error.kind() {
        ErrorKind::Denied => (StatusCode::FORBIDDEN, "Not logged in", "The login was refused."),
        ErrorKind::LoginRequired => {
            let text = "The login has expired, or was begun in another browser. Log in again.";
            (StatusCode::UNAUTHORIZED, "Log in again", text)
        }
        ErrorKind::Security => {
            let text = "This is not the answer to a login of this browser, or it came before. Log in again.";
            (StatusCode::BAD_REQUEST, "Not logged in", text)
        }
        ErrorKind::Temporary => {
            (StatusCode::SERVICE_UNAVAILABLE, "Try again later", "A server cannot be reached. Try again in a moment.")
        }
        ErrorKind::Configuration => {
            let text = "This is not your fault. The site's operator has to fix it.";
            (StatusCode::INTERNAL_SERVER_ERROR, "Something is misconfigured", text)
        }
        ErrorKind::InvalidResponse | ErrorKind::Rejected => {
            (StatusCode::BAD_GATEWAY, "It did not work", "A server gave an answer that cannot be used. Try again.")
        }
    }
}

fn page(status: StatusCode, title: &str, text: &str, login: Option<&str>) -> Response {
    let link = login.map(|path| format!("<p><a href=\"{}\">Log in</a></p>", escaped(path))).unwrap_or_default();
    let html = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>\
         <title>{title}</title><style>{STYLE}</style><h1>{title}</h1><p>{text}</p>{link}</html>"
    );
    let policy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";
    not_kept(
        (status, [(CONTENT_SECURITY_POLICY, policy), (X_CONTENT_TYPE_OPTIONS, "nosniff")], Html(html)).into_response(),
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

/// So that a handler may return it: a plain page by what the error says of itself, which shows nothing of its text. 401 where a person
/// has to log in, 403 where they refused, 400 for what was refused as unsafe, 503 with `Retry-After` for what may work later, 500 for the
/// program's configuration, else 502.
impl IntoResponse for Error {
    fn into_response(self) -> Response {
        of_error(&self, None)
    }
}
