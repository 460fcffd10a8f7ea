//! What several of these test programs need: servers that are set up, a browser, a clock to wait by.

pub mod browser;
mod held_time;
mod raw;
pub mod scripted;

use std::fmt::Write;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use grantkit::client::Endpoints;
use grantkit::client::state::{Absent, Present};
use grantkit::transport::Transport;
use grantkit::{Client, Error};
use grantkit_testkit::{AuthorizationServer, AuthorizationServerBuilder};
use httpmock::MockServer;

pub use crate::real_server::log_in;
pub use browser::{Browser, http_client, query};
pub use held_time::HeldTime;
pub use raw::RawServer;
pub use scripted::{Answer, Asked, InProgram, Scripted};

pub const ID: &str = "billing";
pub const SECRET: &str = "s3cret-of-billing";
pub const CALLBACK: &str = "https://app.example/callback";
pub const CLI_CALLBACK: &str = "http://127.0.0.1/callback";

/// All that the testkit's server offers.
pub type FullClient = Client<Endpoints<Present, Absent, Present, Present, Present, Present, Present>>;

/// What a login takes: an authorization endpoint, and the issuer.
pub type LoginClient = Client<Endpoints<Present, Absent, Absent, Absent, Absent, Present>>;

/// A server with the confidential client `billing` and the public client `cli`.
pub fn server_builder() -> AuthorizationServerBuilder {
    AuthorizationServer::builder()
        .confidential_client(ID, SECRET)
        .redirect_uri(ID, CALLBACK)
        .public_client("cli", [CLI_CALLBACK])
}

/// A mock server at an address that no other test of the process gets. A dropped one would go back to httpmock's pool, and a process
/// keeps metadata, keys and circuits by address.
pub async fn mock_server() -> &'static MockServer {
    Box::leak(Box::new(MockServer::start_async().await))
}

pub async fn server() -> AuthorizationServer {
    server_builder().start().await.unwrap()
}

/// `billing` at that server, configured by hand.
pub fn billing(server: &AuthorizationServer) -> FullClient {
    Client::builder()
        .client_id(ID)
        .client_secret_basic(SECRET)
        .token_endpoint(&server.token_endpoint())
        .unwrap()
        .authorization_endpoint(&server.authorization_endpoint())
        .unwrap()
        .revocation_endpoint(&server.revocation_endpoint())
        .unwrap()
        .introspection_endpoint(&server.introspection_endpoint())
        .unwrap()
        .userinfo_endpoint(&server.userinfo_endpoint())
        .unwrap()
        .issuer(&server.issuer())
        .unwrap()
        .jwks_uri(&server.jwks_uri())
        .unwrap()
        .build()
}

/// The public client `cli` at that server.
pub fn cli(server: &AuthorizationServer) -> LoginClient {
    let client = Client::builder().client_id("cli").public().token_endpoint(&server.token_endpoint()).unwrap();
    client.authorization_endpoint(&server.authorization_endpoint()).unwrap().issuer(&server.issuer()).unwrap().build()
}

/// `billing` with a token endpoint only.
pub fn client_at(token_endpoint: &str) -> Client<Endpoints> {
    Client::builder().client_id(ID).client_secret_basic(SECRET).token_endpoint(token_endpoint).unwrap().build()
}

/// The same over a transport without a circuit breaker: a server of a script is at a port that another one had before it in this process,
/// and may have been down at.
pub fn unguarded_client_at(token_endpoint: &str) -> Client<Endpoints> {
    static TRANSPORT: LazyLock<Transport> =
        LazyLock::new(|| Transport::builder().without_circuit_breaker().build().unwrap());
    let client = Client::builder().client_id(ID).client_secret_basic(SECRET).transport(TRANSPORT.clone());
    client.token_endpoint(token_endpoint).unwrap().build()
}

/// Asks again and again until the answer is there; a minute is for a machine that is very busy.
pub async fn eventually<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let gives_up = Instant::now() + Duration::from_mins(1);
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(Instant::now() < gives_up, "waited in vain: {what}");
        tokio::task::spawn_blocking(|| std::thread::sleep(Duration::from_millis(5))).await.unwrap();
    }
}

/// Everything that an error says, to people and to logs.
pub fn all_said(error: &Error) -> String {
    let mut text = format!("{error}\n{error:?}\n{error:#?}");
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        write!(text, "\n{cause}\n{cause:?}").unwrap();
        source = cause.source();
    }
    text
}

/// The answers to the questions that an error is asked, the ones that are true.
pub fn verdict(error: &Error) -> Vec<&'static str> {
    [
        (error.is_retryable(), "retryable"),
        (error.needs_login(), "needs login"),
        (error.is_configuration(), "configuration"),
        (error.is_invalid_response(), "invalid response"),
        (error.is_security(), "security"),
        (error.is_timeout(), "timeout"),
        (error.is_connect(), "connect"),
        (error.is_unsupported(), "unsupported"),
    ]
    .into_iter()
    .filter_map(|(holds, name)| holds.then_some(name))
    .collect()
}

/// As a session or a cookie gives it back again.
pub fn copy(pending: &grantkit::authorize::PendingLogin) -> grantkit::authorize::PendingLogin {
    serde_json::from_value(serde_json::to_value(pending).unwrap()).unwrap()
}

/// The login and its answer as another process has them, which does not know that this one has finished it.
pub fn in_another_process(
    pending: &grantkit::authorize::PendingLogin,
    callback: &str,
) -> (grantkit::authorize::PendingLogin, String) {
    let mut kept = serde_json::to_value(pending).unwrap();
    let state = format!("another-process-{}", pending.state());
    kept["state"] = state.clone().into();
    (serde_json::from_value(kept).unwrap(), callback.replace(pending.state(), &state))
}
