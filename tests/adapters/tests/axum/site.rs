//! An application that has a login, and the servers that it needs.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::get;
use grantkit::client::ClientBuilder;
use grantkit::integrations::axum::{Session, WebLogin, WebLoginBuilder};
use grantkit::keys::SealingKey;
use grantkit::prelude::*;
use grantkit::provider::Person;
use grantkit_testkit::{AuthorizationServer, AuthorizationServerBuilder, ManualClock, ProtectedApi};
use serde_json::Value;
use tokio::net::TcpListener;

use crate::browser::Browser;

/// Where the application is, as browsers see it: before it is what ends TLS.
pub(crate) const OWN: &str = "https://app.example";

/// Where it is on this machine, without TLS.
pub(crate) const NEAR: &str = "http://127.0.0.1:8080";

#[derive(Clone)]
struct App {
    login: WebLogin,
    api: Arc<str>,
}

impl FromRef<App> for WebLogin {
    fn from_ref(app: &App) -> Self {
        app.login.clone()
    }
}

impl FromRef<App> for Arc<str> {
    fn from_ref(app: &App) -> Self {
        Arc::clone(&app.api)
    }
}

pub(crate) struct Site {
    pub(crate) server: AuthorizationServer,
    pub(crate) api: ProtectedApi,
    pub(crate) client: Client,
}

pub(crate) fn key() -> SealingKey {
    SealingKey::new([7; 32]).unwrap()
}

impl Site {
    pub(crate) async fn start() -> Self {
        Self::of(AuthorizationServer::builder(), Client::builder()).await
    }

    /// By this clock, the servers too.
    pub(crate) async fn by(clock: &ManualClock) -> Self {
        Self::of(AuthorizationServer::builder().clock(clock), Client::builder().clock(clock.clone())).await
    }

    async fn of(server: AuthorizationServerBuilder, client: ClientBuilder) -> Self {
        let server = server
            .confidential_client("web", "s3cret")
            .redirect_uri("web", format!("{OWN}/callback"))
            .redirect_uri("web", format!("{OWN}/second/callback"))
            .redirect_uri("web", format!("{NEAR}/callback"))
            .post_logout_redirect_uri("web", format!("{OWN}/bye"))
            .start()
            .await
            .unwrap();
        let api = ProtectedApi::start(&server).await.unwrap();
        let client = client.client_id("web").client_secret("s3cret").discover(&server.issuer()).await.unwrap();
        Self { server, api, client }
    }

    /// By this clock instead of the machine's, by which the servers go.
    pub(crate) async fn with_clock(self, clock: ManualClock) -> Self {
        Self { client: self.client_by(clock).await, ..self }
    }

    pub(crate) async fn client_by(&self, clock: ManualClock) -> Client {
        let client = Client::builder().client_id("web").client_secret("s3cret").clock(clock);
        client.discover(&self.server.issuer()).await.unwrap()
    }

    pub(crate) fn builder(&self) -> WebLoginBuilder {
        self.builder_with(key())
    }

    pub(crate) fn builder_with(&self, key: SealingKey) -> WebLoginBuilder {
        let login = self.client.authorization_code(format!("{OWN}/callback")).unwrap();
        WebLogin::builder(login.scopes(["openid", "offline_access", "read:invoices"]), key)
    }

    /// Serves it; a browser that has not been there.
    pub(crate) async fn serve(&self, login: WebLoginBuilder) -> Browser {
        Browser::new(self.serve_at(&login.build().unwrap()).await)
    }

    pub(crate) async fn serve_at(&self, login: &WebLogin) -> SocketAddr {
        let router = Router::new()
            .route("/", get(|person: Option<Person>| async move { person.as_ref().map_or("nobody".to_owned(), of) }))
            .route("/me", get(|person: Person| async move { of(&person) }))
            .route("/issuer", get(|person: Person| async move { person.issuer().unwrap_or_default().to_owned() }))
            .route("/csrf", get(|session: Session| async move { session.csrf_token() }))
            .route("/invoice", get(invoice))
            .nest("/nested", Router::new().route("/page", get(|_: Session| async { "nested" })))
            .merge(login.routes())
            .with_state(App { login: login.clone(), api: self.api.url("/v1").into() });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(axum::serve(listener, router).into_future());
        address
    }
}

fn of(person: &Person) -> String {
    format!("{} {}", person.id(), person.name().unwrap_or_default())
}

async fn invoice(
    axum::extract::State(api): axum::extract::State<Arc<str>>,
    credentials: Credentials,
) -> Result<String> {
    let invoice: Value = ApiClient::new(&api, credentials)?.get(["invoices", "42"]).fetch().await?;
    Ok(invoice["amount_cents"].to_string())
}
