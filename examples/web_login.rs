//! The login of a web application: the browser goes to the authorization server, comes back, and has a session.
//!
//! `cargo run -p grantkit-examples --example web_login`
//!
//! The embedded server takes the real one's place, and a few lines of code the browser's.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, ensure};
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use axum::routing::get;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grantkit::authorize::PendingLogin;
use grantkit::keys::SealingKey;
use grantkit::prelude::*;
use grantkit::store::MemoryStore;
use grantkit_testkit::{AuthorizationServer, ProtectedApi};
use tokio::net::TcpListener;

#[derive(Clone)]
struct App {
    client: Client,
    login: AuthorizationCode,
    /// For the login under way, which the browser carries; the same key in every process.
    cookies: SealingKey,
    /// `RedisStore` where there are several processes.
    tokens: MemoryStore,
    sessions: Sessions,
    api: String,
}

impl App {
    async fn new(issuer: &str, own: &str, api: String) -> Result<Self> {
        let client = Client::builder().client_id("web").client_secret("s3cret").discover(issuer).await?;
        let login = client.authorization_code(RedirectUri::new(format!("{own}/callback"))?)?.scopes([
            "openid",
            "offline_access",
            "read:invoices",
        ]);
        let (cookies, tokens, sessions) = (SealingKey::random()?, MemoryStore::new(), Sessions::default());
        Ok(Self { client, login, cookies, tokens, sessions, api })
    }

    fn router(self) -> Router {
        Router::new().route("/", get(home)).route("/login", get(start)).route("/callback", get(finish)).with_state(self)
    }
}

/// Sends the browser to the authorization server.
async fn start(State(app): State<App>) -> Result<Response, Refused> {
    let (url, pending) = app.login.start()?;
    let sealed = pending.seal(&app.cookies)?;
    Ok(([set_cookie("__Host-login", &sealed, 900)], Redirect::to(url.as_str())).into_response())
}

/// Takes it back, and begins a session.
async fn finish(State(app): State<App>, RawQuery(query): RawQuery, headers: HeaderMap) -> Result<Response, Refused> {
    let sealed = cookie(&headers, "__Host-login").ok_or_else(|| Error::login_required("no login is under way"))?;
    let pending = PendingLogin::open(&app.cookies, sealed)?;
    let login = app.login.finish(pending, query.unwrap_or_default()).await?;
    let user = login.claims().ok_or_else(|| Error::unsupported("there is no ID token"))?.subject().to_owned();
    login.credentials_in(app.tokens.clone(), &user).await?;
    // A new one for each login: whoever knew the session from before is not in this one.
    let session = app.sessions.begin(user)?;
    let done = set_cookie("__Host-login", "", 0);
    let begun = set_cookie("__Host-session", &session, 3600);
    Ok((AppendHeaders([done, begun]), Redirect::to("/")).into_response())
}

/// Calls the API for whoever the session is of.
async fn home(State(app): State<App>, headers: HeaderMap) -> Result<Response, Refused> {
    let Some(user) = cookie(&headers, "__Host-session").and_then(|session| app.sessions.user(session)) else {
        return Ok(Redirect::to("/login").into_response());
    };
    let api = ApiClient::new(&app.api, app.client.stored_login(&user).credentials_in(app.tokens.clone()))?;
    let invoice: serde_json::Value = api.get(["invoices", "42"]).fetch().await?;
    Ok(format!("{user} owes {} cents", invoice["amount_cents"]).into_response())
}

/// What the browser is told; the operator reads the error in the log.
struct Refused(Error);

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let Self(error) = self;
        eprintln!("{error}");
        if error.is_denied() {
            (StatusCode::FORBIDDEN, "you did not agree").into_response()
        } else if error.needs_login() {
            Redirect::to("/login").into_response()
        } else if error.is_security() {
            (StatusCode::BAD_REQUEST, "this is not the answer to your login").into_response()
        } else {
            StatusCode::BAD_GATEWAY.into_response()
        }
    }
}

/// The sessions of this process. A web framework has better ones.
#[derive(Clone, Default)]
struct Sessions(Arc<Mutex<HashMap<String, String>>>);

impl Sessions {
    fn begin(&self, user: String) -> Result<String> {
        let mut random = [0; 32];
        aws_lc_rs::rand::fill(&mut random).map_err(|_| Error::temporary("no random numbers"))?;
        let id = URL_SAFE_NO_PAD.encode(random);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id.clone(), user);
        Ok(id)
    }

    fn user(&self, id: &str) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }
}

/// By the name `__Host-..`, browsers take it from this host alone, with `Secure`, `Path=/` and no `Domain`.
fn set_cookie(name: &str, value: &str, seconds: u32) -> (HeaderName, String) {
    let cookie = format!("{name}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Lax");
    (header::SET_COOKIE, cookie)
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|value| value.split(';')).find_map(|one| one.trim().strip_prefix(name)?.strip_prefix('='))
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    rehearse().await
}

async fn rehearse() -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let own = format!("http://{}", listener.local_addr()?);
    let server = AuthorizationServer::builder()
        .confidential_client("web", "s3cret")
        .redirect_uri("web", format!("{own}/callback"))
        .start()
        .await?;
    let protected = ProtectedApi::start(&server).await?;
    let app = App::new(&server.issuer(), &own, protected.url("/v1")).await?;
    tokio::spawn(axum::serve(listener, app.router()).into_future());

    let mut browser = Browser::new()?;
    let page = browser.visit(&format!("{own}/")).await?;
    println!("the browser is sent around, logs in, and shows: {page}");
    ensure!(page.ends_with("owes 1999 cents"));

    let foreign = format!("{own}/callback?code=stolen&state=made-up");
    let (status, _) = browser.get(&foreign).await?;
    println!("an answer with no login under way: {status}");
    ensure!(status == StatusCode::SEE_OTHER, "the login begins anew");
    browser.get(&format!("{own}/login")).await?;
    let (status, _) = browser.get(&foreign).await?;
    println!("an answer to another login: {status}");
    ensure!(status == StatusCode::BAD_REQUEST, "it is not taken for this one's");
    Ok(())
}

/// Follows redirects and keeps cookies, by name and path; by hand, since `Secure` ones go over `https` only.
struct Browser {
    http: reqwest::Client,
    cookies: HashMap<String, (String, String)>,
}

impl Browser {
    fn new() -> anyhow::Result<Self> {
        // On loopback only, so that it also works where there are no certificates.
        let http = reqwest::Client::builder().tls_certs_only([]).redirect(reqwest::redirect::Policy::none()).build()?;
        Ok(Self { http, cookies: HashMap::new() })
    }

    async fn visit(&mut self, url: &str) -> anyhow::Result<String> {
        let mut url = url.to_owned();
        for _ in 0..10 {
            match self.get(&url).await? {
                (status, next) if status.is_redirection() => url = url::Url::parse(&url)?.join(&next)?.into(),
                (StatusCode::OK, page) => return Ok(page),
                (status, page) => anyhow::bail!("{url}: {status} {page}"),
            }
        }
        anyhow::bail!("too many redirects")
    }

    /// The status, with the page or the address that it leads to.
    async fn get(&mut self, url: &str) -> anyhow::Result<(StatusCode, String)> {
        let path = url::Url::parse(url)?.path().to_owned();
        let sent: Vec<_> = self.cookies.iter().filter(|(_, (of, _))| path.starts_with(of.as_str())).collect();
        let sent: Vec<_> = sent.into_iter().map(|(name, (_, value))| format!("{name}={value}")).collect();
        let answer = self.http.get(url).header("cookie", sent.join("; ")).send().await?;
        for cookie in answer.headers().get_all("set-cookie") {
            let (name, rest) = cookie.to_str()?.split_once('=').context("a cookie has a name")?;
            let (value, attributes) = rest.split_once("; Path=").context("a cookie has a path")?;
            let path = attributes.split(';').next().unwrap_or_default();
            self.cookies.insert(name.to_owned(), (path.to_owned(), value.to_owned()));
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            }
        }
        let next = answer.headers().get("location").and_then(|next| next.to_str().ok()).map(str::to_owned);
        let status = answer.status();
        Ok((status, if let Some(next) = next { next } else { answer.text().await? }))
    }
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn it_runs() -> anyhow::Result<()> {
        super::rehearse().await
    }
}
