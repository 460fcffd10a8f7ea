//! The application: a public front page, and an invoice for users who have logged in.

use axum::Router;
use axum::extract::{FromRef, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use grantkit::error::ErrorKind;
use grantkit::integrations::axum::{Session, WebLogin};
use grantkit::keys::SealingKey;
use grantkit::prelude::*;
use serde::Deserialize;

use crate::pages::{self, Page};

#[derive(Clone)]
struct App {
    login: WebLogin,
    /// The base URL of the API.
    api: String,
}

/// By this, extractors find the login.
impl FromRef<App> for WebLogin {
    fn from_ref(app: &App) -> Self {
        app.login.clone()
    }
}

/// `own` is where the application is, as browsers see it.
pub(crate) async fn router(issuer: &str, own: &str, api: &str) -> Result<Router> {
    let client = Client::builder().client_id("web").client_secret("s3cret").discover(issuer).await?;
    let login = client.authorization_code(format!("{own}/auth/callback"))?;
    let login = login.scopes(["openid", "offline_access", "read:invoices"]);
    // With several processes also `.tokens_in(RedisStore::connect(..).await?)`.
    let login = WebLogin::builder(login, cookie_key()?)
        .revocation(client.revocation()?)
        .logout_request(client.logout_request()?.post_logout_redirect_uri(format!("{own}/")))
        .backchannel_logout(client.logout_token_verifier()?)
        .error_page(Failed::page)
        .build()?;
    let routes = Router::new().route("/", get(home)).route("/invoices/{id}", get(invoice));
    Ok(routes.merge(login.routes()).with_state(App { login, api: api.to_owned() }))
}

/// Of the configuration, as `openssl rand -base64 32` writes it: the same in each process, and after a restart. Without one, sessions end with
/// the program.
fn cookie_key() -> Result<SealingKey> {
    match std::env::var("COOKIE_KEY") {
        Ok(text) => SealingKey::from_base64(text),
        Err(_) => SealingKey::random(),
    }
}

async fn home(State(app): State<App>, session: Option<Session>) -> Page {
    pages::home(session.as_ref(), &app.login.login_path())
}

/// Calls the API for the person.
async fn invoice(
    State(app): State<App>,
    session: Session,
    credentials: Credentials,
    Path(id): Path<String>,
) -> Result<Page, Failed> {
    let api = ApiClient::new(&app.api, credentials)?;
    let invoice: Invoice = api.get(["invoices", &id]).fetch().await?;
    Ok(pages::invoice(&session, &invoice))
}

#[derive(Deserialize)]
pub(crate) struct Invoice {
    pub(crate) id: String,
    pub(crate) amount_cents: u32,
    pub(crate) currency: String,
    pub(crate) customer: String,
}

/// What the person is told; the operator reads the error in the log.
struct Failed(Error);

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        // They were logged in; the API rejects their token, and the server renews it no more.
        if self.0.needs_login() {
            return (StatusCode::UNAUTHORIZED, pages::log_in_again()).into_response();
        }
        Self::page(&self.0).into_response()
    }
}

impl Failed {
    fn page(error: &Error) -> (StatusCode, Page) {
        match error.kind() {
            ErrorKind::Denied => {
                let text = "You did not agree, so nothing happened. You can log in whenever you like.";
                (StatusCode::FORBIDDEN, pages::notice("You are not logged in", text))
            }
            ErrorKind::LoginRequired | ErrorKind::Security => {
                let text = "This link was used before, has expired, or belongs to another browser.";
                (StatusCode::BAD_REQUEST, pages::notice("This login is over", text))
            }
            ErrorKind::Temporary => {
                let text = "One of our services does not answer. Please try again in a moment.";
                (StatusCode::SERVICE_UNAVAILABLE, pages::notice("Back soon", text))
            }
            _ => {
                let text = "That is our fault, not yours. We have been told.";
                (StatusCode::BAD_GATEWAY, pages::notice("Something went wrong", text))
            }
        }
    }
}
