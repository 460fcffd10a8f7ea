use std::convert::Infallible;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use tokio::sync::oneshot;
use url::form_urlencoded;

use super::WebLogin;
use super::cookies;
use super::page::{self, not_kept};
use super::pending_cookie::{Begun, Taken};
use super::return_path::ReturnPath;
use super::session::SessionContent;
use crate::error::{Error, Result};
use crate::grant::Login;
use crate::provider::Person;
use crate::telemetry;
use crate::token::IdTokenClaims;

/// What an ID token says of itself and not of the person.
const OF_THE_TOKEN: [&str; 4] = ["nonce", "at_hash", "c_hash", "s_hash"];

/// Takes the browser back, and begins a session.
pub(super) async fn by_query(State(login): State<WebLogin>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    answer(&login, &headers, query.as_deref().unwrap_or_default()).await
}

/// The same for an answer by form post.
pub(super) async fn by_form(
    State(login): State<WebLogin>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let form = std::str::from_utf8(&body).unwrap_or_default();
    let is_first = query.as_deref() != Some(POSTED_AGAIN);
    match is_first.then(|| to_be_posted_again(&login, &headers, form)).flatten() {
        Some(response) => response,
        None => answer(&login, &headers, form).await,
    }
}

/// The query of a form that this site has posted once more.
const POSTED_AGAIN: &str = "again";

/// A page of this site that posts the same form: without TLS, which is on this machine alone, no cookie goes with the form of another
/// site, as one for that has to be `Secure`; with this one it does. A redirect would put the code into the browser's history.
fn to_be_posted_again(login: &WebLogin, headers: &HeaderMap, form: &str) -> Option<Response> {
    let inner = login.inner();
    let state = whose(login, form).ok().filter(|state| !state.is_empty() && !inner.addresses.is_secure)?;
    if Begun::is_with(&inner.cookies, headers, &state) {
        return None;
    }
    let callback = inner.addresses.path(inner.addresses.callback());
    Some(page::of_form(&format!("{callback}?{POSTED_AGAIN}"), form_urlencoded::parse(form.as_bytes())))
}

async fn answer(login: &WebLogin, headers: &HeaderMap, answer: &str) -> Response {
    let inner = login.inner();
    let taken = whose(login, answer).and_then(|state| Begun::take(&inner.cookies, headers, &state, inner.login.time()));
    let Taken { begun, used } = match taken {
        Ok(taken) => taken,
        Err(error) => return login.failed(&error),
    };
    let finished = finish_in_task(login, headers, begun, answer).await;
    let mut response = finished.unwrap_or_else(|error| login.failed(&error));
    // Who knows the `state` has the answer: there is no other one to wait for.
    cookies::append(response.headers_mut(), used);
    not_kept(response)
}

/// The `state` of an answer; empty where it has none. Nothing is verified here: it is only about whose answer it would be.
///
/// # Errors
///
/// [`is_security`](Error::is_security) where the answer is encrypted and cannot be decrypted.
fn whose(login: &WebLogin, answer: &str) -> Result<String> {
    let parameter = |wanted| form_urlencoded::parse(answer.as_bytes()).find(|(name, _)| name == wanted);
    if let Some((_, state)) = parameter("state") {
        return Ok(state.into_owned());
    }
    // A signed answer has its `state` within (JARM §2.1).
    match parameter("response") {
        Some((_, response)) => {
            let within = login.inner().login.peek(&response)?;
            Ok(within.as_ref().and_then(|within| within.text("state")).unwrap_or_default().to_owned())
        }
        None => Ok(String::new()),
    }
}

/// In a task of its own: with a browser that leaves, this request ends, and tokens that come for its code would be lost, unrevoked.
async fn finish_in_task(login: &WebLogin, headers: &HeaderMap, begun: Begun, answer: &str) -> Result<Response> {
    // This end is dropped with the request.
    let (browser, _waits) = oneshot::channel();
    let (login, headers, answer) = (login.clone(), headers.clone(), answer.to_owned());
    let task = tokio::spawn(async move {
        let finished = finish(&login, &headers, begun, &answer, &browser).await;
        if let Err(error) = finished.as_ref()
            && browser.is_closed()
        {
            // No page shows it.
            telemetry::web_login_failed(error);
        }
        finished
    });
    let ended = |_| Err(Error::temporary("the login ended with the task that finished it: log in again"));
    task.await.unwrap_or_else(ended)
}

async fn finish(
    login: &WebLogin,
    headers: &HeaderMap,
    begun: Begun,
    answer: &str,
    browser: &oneshot::Sender<Infallible>,
) -> Result<Response> {
    let inner = login.inner();
    // With the path, as a redirect URI of one issuer's own has its issuer there.
    let answer = format!("{}?{answer}", inner.addresses.path(inner.addresses.callback()));
    let finished = inner.login.finish(begun.pending, answer).await?;
    let place = begun.return_to.as_deref().and_then(ReturnPath::new);
    let place = place.as_ref().map_or(inner.after_login.as_str(), ReturnPath::as_str);
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response();
    // Before the login is stored: a login without a session would stay there unnoticed.
    let content = match begin(login, &finished, begun.asked, response.headers_mut()).await {
        Ok(content) => content,
        Err(error) => {
            inner.give_login_up(finished).await;
            return Err(error);
        }
    };
    if browser.is_closed() {
        inner.sessions.forget_begun(&content.id).await;
        inner.give_login_up(finished).await;
        return Err(browser_has_left());
    }
    let (issuer, id) = (content.issuer.as_deref(), content.person_id());
    let stored = finished.clone().credentials_in(Arc::clone(&inner.tokens), inner.login_name(issuer, id)).await;
    if let Err(error) = stored {
        // Its cookie is not sent.
        inner.sessions.forget_begun(&content.id).await;
        inner.give_unstored_login_up(finished, &inner.credentials(issuer, id)).await;
        return Err(error);
    }
    if browser.is_closed() {
        // Its cookie reaches no browser; the login stays, as other sessions of the person go on with it by now.
        inner.sessions.forget_begun(&content.id).await;
        return Err(browser_has_left());
    }
    end_replaced(login, headers, begun.replaces).await;
    Ok(response)
}

fn browser_has_left() -> Error {
    Error::temporary("the browser has left before its login was finished: no session begins")
}

/// Begins the session of the person who has logged in, once it is known who that is.
async fn begin(login: &WebLogin, finished: &Login, asked: u64, set: &mut HeaderMap) -> Result<SessionContent> {
    let inner = login.inner();
    let person = person(login, finished).await?;
    if person.is_id_reassignable() && !inner.accepts_reassignable_ids {
        return Err(Error::configuration(
            "the provider knows persons by a name alone, which one can give up and another take: their login here would be the other's \
             then; log in at another provider, or take that on by `WebLoginBuilder::danger_accept_reassignable_ids`",
        ));
    }
    let time = inner.login.time();
    // A new one for each login: a session ID that was known before is of no use (session fixation).
    let mut content = SessionContent::new(&person, finished, asked, time.unix(), inner.sessions.lifetime)?;
    inner.sessions.begin(&inner.cookies, set, &mut content, time).await?;
    Ok(content)
}

/// Ends the session that the browser had as the login began, and that which it has now: no copy of its cookie is
/// left that the person cannot log out. The new login stands, whatever the outcome.
async fn end_replaced(login: &WebLogin, headers: &HeaderMap, had: Option<String>) {
    let inner = login.inner();
    let has = inner.sessions.id(&inner.cookies, headers).filter(|has| had.as_ref() != Some(has));
    let end = async |id: Option<String>| {
        let Some(id) = id else { return };
        let ended = inner.sessions.end(&id, inner.login.time()).await;
        ended.unwrap_or_else(|error| telemetry::web_login_failed(&error));
    };
    tokio::join!(end(had), end(has));
}

async fn person(login: &WebLogin, finished: &Login) -> Result<Person> {
    if let Some(provider) = &login.inner().provider {
        return provider.identity(finished).await;
    }
    finished.claims().map(of_claims).ok_or_else(|| Error::unsupported("there is no ID token to say who has logged in: ask for the scope `openid`, or give the provider by `.provider(..)`"))
}

fn of_claims(claims: &IdTokenClaims) -> Person {
    let mut raw = claims.to_json();
    if let Some(raw) = raw.as_object_mut() {
        raw.retain(|claim, _| !OF_THE_TOKEN.contains(&claim.as_str()));
    }
    let mut person = Person::new(claims.subject()).with_raw(raw);
    if let Some(email) = claims.email() {
        person = person.with_email(email, claims.email_verified().unwrap_or_default());
    }
    if let Some(name) = claims.name().or(claims.preferred_username()) {
        person = person.with_name(name);
    }
    if let Some(picture) = claims.picture() {
        person = person.with_picture(picture);
    }
    person
}
