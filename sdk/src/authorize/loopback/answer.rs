#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use http::header::{CONTENT_TYPE, HOST};
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::{Body, Bytes};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::message::Message;
use super::page::{FRAGMENT, Page, PageWriter, Pages};
use super::start::{Opened, Start};
use crate::authorize::callback::{Callback, Part};
use crate::authorize::{AuthorizationCode, PendingLogin, ResponseMode};
use crate::keys::unverified_claims;
use crate::wire::{is_navigation, is_part_of_a_page};

/// An ID token and a code, signed together, with hundreds of groups in them.
const MAX_BODY: usize = 64 * 1024;

type BodyError = Box<dyn std::error::Error + Send + Sync>;

/// The answer that is waited for, and whether it has come.
pub(super) struct Wait {
    state: Zeroizing<String>,
    in_fragment: bool,
    is_signed: bool,
    /// `finish` checks the path, too.
    tells_path: bool,
    hosts: Vec<String>,
    path: String,
    start: Option<Arc<Start>>,
    pages: Pages,
    /// With its key an encrypted answer is looked into.
    login: Option<AuthorizationCode>,
    is_over: AtomicBool,
    /// An error without a `state`, which may have been this login's.
    unauthenticated: Mutex<Option<String>>,
}

/// What a request turns out to be.
#[derive(Clone, Copy)]
enum Outcome {
    LoggedIn,
    Refused,
    /// It is encrypted, and what is in it is not known here.
    Sealed,
    /// An error without a `state`: the server's, or made up by a page that sent the browser here.
    Unauthenticated,
    Foreign,
}

impl Wait {
    pub(super) fn new(
        pending: &PendingLogin,
        port: u16,
        path: String,
        start: Option<Arc<Start>>,
        pages: Pages,
    ) -> Self {
        let names = ["127.0.0.1", "[::1]", "localhost"];
        let mut hosts: Vec<_> = names.iter().map(|name| format!("{name}:{port}")).collect();
        // A browser leaves out the port that goes without saying.
        hosts.extend(names.iter().filter(|_| port == 80).map(|&name| name.to_owned()));
        Self {
            state: Zeroizing::new(pending.state().to_owned()),
            in_fragment: pending.is_answered_in_fragment(),
            is_signed: pending.response_mode.is_some_and(ResponseMode::is_signed),
            tells_path: pending.redirect_uri_of_issuer,
            hosts,
            path,
            start,
            pages,
            login: None,
            is_over: AtomicBool::new(false),
            unauthenticated: Mutex::default(),
        }
    }

    pub(super) fn with_login(self, login: Option<AuthorizationCode>) -> Self {
        Self { login, ..self }
    }

    /// The parameters as `finish` takes them.
    fn callback(&self, parameters: String) -> String {
        match (self.tells_path, self.in_fragment) {
            (false, _) => parameters,
            (true, false) => format!("{}?{parameters}", self.path),
            (true, true) => format!("{}#{parameters}", self.path),
        }
    }

    /// What the program is told where nothing better came.
    pub(super) fn unauthenticated(&self) -> Option<String> {
        self.unauthenticated.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// A request from a page whose host name resolves to this machine is not answered (DNS rebinding).
    fn is_for_us<B>(&self, request: &Request<B>) -> bool {
        let mut named = request.headers().get_all(HOST).iter();
        let host = named.next().and_then(|host| host.to_str().ok());
        let by_uri = request.uri().authority().map(http::uri::Authority::as_str);
        let knows = |host: &str| self.hosts.iter().any(|known| known.eq_ignore_ascii_case(host));
        host.is_some_and(knows) && by_uri.is_none_or(knows) && named.next().is_none()
    }

    fn outcome(&self, text: &str) -> Outcome {
        let part = if self.in_fragment { Part::Fragment } else { Part::Query };
        let Ok(callback) = Callback::parse(text, part) else { return Outcome::Foreign };
        let Some(response) = callback.response().filter(|_| self.is_signed) else {
            return self.outcome_of(callback.state.as_deref(), callback.is_refusal());
        };
        // Nothing is verified here: it is only about whose answer it would be.
        let claims = if response.split('.').count() == 5 {
            let opened = self.login.as_ref().and_then(|login| login.peek(response).ok().flatten());
            let Some(claims) = opened else { return Outcome::Sealed };
            Some(claims)
        } else {
            unverified_claims(response)
        };
        let claims = claims.as_ref();
        let is_refusal = claims.is_some_and(|claims| claims.has("error"));
        self.outcome_of(claims.and_then(|claims| claims.text("state")), is_refusal)
    }

    fn outcome_of(&self, state: Option<&str>, is_refusal: bool) -> Outcome {
        match state {
            Some(state) if bool::from(state.as_bytes().ct_eq(self.state.as_bytes())) => {
                if is_refusal {
                    Outcome::Refused
                } else {
                    Outcome::LoggedIn
                }
            }
            None if is_refusal => Outcome::Unauthenticated,
            _ => Outcome::Foreign,
        }
    }
}

/// What ends the wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// The answer to the login.
    Callback(String),
    /// The address to start at was opened a second time, without the cookie of the first.
    OpenedTwice,
}

/// The page for the person, and what ends the wait where this does.
pub(super) async fn answer<B>(request: Request<B>, wait: &Wait) -> (Page, Option<Ending>)
where
    B: Body<Data = Bytes, Error: Into<BodyError>>,
{
    let pages = wait.pages.for_browser(request.headers());
    let is_navigation = is_navigation(request.headers());
    let is_part_of_a_page = is_part_of_a_page(request.headers());
    let is_of_browser =
        wait.start.as_ref().is_none_or(|start| start.is_its_browser(request.method(), request.headers()));
    let text = match text_of(request, wait, &pages).await {
        Ok(text) => text,
        Err(Turned { page, ends }) => {
            let ends = ends && !wait.is_over.swap(true, Ordering::AcqRel);
            return (page, ends.then_some(Ending::OpenedTwice));
        }
    };
    if !is_of_browser {
        return (pages.page(StatusCode::FORBIDDEN, Message::AnotherBrowser), None);
    }
    let another_login = || (pages.page(StatusCode::BAD_REQUEST, Message::AnotherLogin), None);
    let message = match wait.outcome(&text) {
        Outcome::LoggedIn => Message::LoggedIn,
        Outcome::Refused => Message::Refused,
        // It says nothing of whose answer it is; an answer to a login comes with the browser's window.
        Outcome::Sealed if is_part_of_a_page => return another_login(),
        Outcome::Sealed => Message::Answered,
        // By itself it ends the wait only as a browser's window goes: no picture, script or frame of any page that the person has
        // open can. What cannot be told apart is kept for when nothing better comes.
        Outcome::Unauthenticated if is_navigation => Message::Failed,
        Outcome::Unauthenticated => {
            let mut kept = wait.unauthenticated.lock().unwrap_or_else(PoisonError::into_inner);
            kept.get_or_insert_with(|| wait.callback(text));
            return (pages.page(StatusCode::BAD_REQUEST, Message::WaitsOn), None);
        }
        Outcome::Foreign => return another_login(),
    };
    if wait.is_over.swap(true, Ordering::AcqRel) {
        return (pages.page(StatusCode::CONFLICT, Message::AnsweredAlready), None);
    }
    (pages.page(StatusCode::OK, message), Some(Ending::Callback(wait.callback(text))))
}

/// A request that is no answer.
struct Turned {
    page: Page,
    /// It shows that the wait is of no use any more.
    ends: bool,
}

impl From<Page> for Turned {
    fn from(page: Page) -> Self {
        Self { page, ends: false }
    }
}

/// The parameters, from wherever the answer has them.
async fn text_of<B>(request: Request<B>, wait: &Wait, pages: &PageWriter<'_>) -> Result<String, Turned>
where
    B: Body<Data = Bytes, Error: Into<BodyError>>,
{
    if !wait.is_for_us(&request) {
        return Err(pages.page(StatusCode::MISDIRECTED_REQUEST, Message::NotHere).into());
    }
    if let Some(start) = wait.start.as_ref().filter(|start| start.path() == request.uri().path()) {
        return Err(match start.open(request.headers()) {
            Opened::Leads { location, cookie } => pages.leads_to(location, &cookie).into(),
            Opened::Ahead => pages.page(StatusCode::SERVICE_UNAVAILABLE, Message::LoginOnly).into(),
            Opened::Already => Turned { page: pages.page(StatusCode::CONFLICT, Message::OpenedAlready), ends: true },
        });
    }
    if request.uri().path() != wait.path {
        return Err(pages.page(StatusCode::NOT_FOUND, Message::LoginOnly).into());
    }
    match *request.method() {
        Method::GET if wait.in_fragment => Err(pages.hands_on_the_fragment().into()),
        Method::GET => Ok(request.uri().query().unwrap_or_default().to_owned()),
        Method::POST => {
            form(request, wait.in_fragment).await.map_err(|status| pages.page(status, Message::NotUnderstood).into())
        }
        _ => Err(pages.wrong_method().into()),
    }
}

/// The body of a form post; of our own page's, the fragment that it hands on.
async fn form<B>(request: Request<B>, in_fragment: bool) -> Result<String, StatusCode>
where
    B: Body<Data = Bytes, Error: Into<BodyError>>,
{
    let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let body = Limited::new(request.into_body(), MAX_BODY).collect().await.map_err(|error| {
        if error.is::<LengthLimitError>() { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::BAD_REQUEST }
    })?;
    let body = String::from_utf8(body.to_bytes().into()).map_err(|_| StatusCode::BAD_REQUEST)?;
    if !in_fragment {
        return Ok(body);
    }
    let mut fragments = form_urlencoded::parse(body.as_bytes()).filter(|(name, _)| name == FRAGMENT);
    fragments.next().map(|(_, fragment)| fragment.into_owned()).ok_or(StatusCode::BAD_REQUEST)
}
