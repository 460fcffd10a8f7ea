//! What the tests of the adapters share.

#![allow(clippy::unwrap_used, clippy::panic, clippy::missing_panics_doc, reason = "in a test, that is how to stop")]

use std::time::Duration;

use grantkit::{Client, Credentials};
use grantkit_testkit::{AuthorizationServer, Fault, ManualClock, ProtectedApi};

/// How long a token is good, by the clock of a [`Fixture`].
pub const LIFETIME: Duration = Duration::from_hours(1);

/// The secret of the client `billing`.
pub const SECRET: &str = "s3cret-of-billing";

/// An authorization server, an API that takes its tokens, and credentials of a client; time stands still.
#[derive(Debug)]
pub struct Fixture {
    /// The authorization server.
    pub server: AuthorizationServer,
    /// The API.
    pub api: ProtectedApi,
    /// The clock of all of them.
    pub clock: ManualClock,
    /// The client's.
    pub credentials: Credentials,
}

impl Fixture {
    /// Starts the servers.
    pub async fn start() -> Self {
        let clock = ManualClock::new();
        let server = AuthorizationServer::builder()
            .confidential_client("billing", SECRET)
            .access_token_lifetime(LIFETIME)
            .clock(&clock)
            .start()
            .await
            .unwrap();
        let api = ProtectedApi::start(&server).await.unwrap();
        let credentials = credentials(&server.token_endpoint(), SECRET, &clock);
        Self { server, api, clock, credentials }
    }

    /// Credentials whose secret the server does not know.
    pub fn wrong_credentials(&self) -> Credentials {
        credentials(&self.server.token_endpoint(), "another", &self.clock)
    }

    /// Credentials of a server that is down.
    pub fn unreachable_credentials(&self) -> Credentials {
        credentials("http://127.0.0.1:1/token", SECRET, &self.clock)
    }

    /// Credentials that the server denies a token, in those words (`access_denied`).
    pub fn denied_credentials(&self) -> Credentials {
        self.deny_all();
        credentials(&self.server.token_endpoint(), SECRET, &self.clock)
    }

    /// Credentials of a login that the server ends, in the same words.
    pub fn ended_login(&self) -> Credentials {
        self.deny_all();
        client(&self.server.token_endpoint(), SECRET, &self.clock).refresh_token_grant("old").credentials("a login")
    }

    fn deny_all(&self) {
        self.server.faults().always("/token", Fault::respond(400, r#"{"error":"access_denied"}"#));
    }

    /// Lets the token expire.
    pub fn expire(&self) {
        self.clock.advance(LIFETIME + Duration::from_secs(1));
    }

    /// How many tokens were requested.
    pub fn token_requests(&self) -> u64 {
        self.server.counters().token_requests
    }
}

fn credentials(token_endpoint: &str, secret: &str, clock: &ManualClock) -> Credentials {
    client(token_endpoint, secret, clock).client_credentials().scope("read:invoices").credentials("billing")
}

fn client(token_endpoint: &str, secret: &str, clock: &ManualClock) -> Client {
    let client = Client::builder()
        .client_id("billing")
        .client_secret_basic(secret)
        .token_endpoint(token_endpoint)
        .unwrap()
        .clock(clock.clone())
        .build();
    client.erased()
}

/// The error of grantkit in another library's, at any depth.
pub fn cause<'a>(error: &'a (dyn std::error::Error + 'static)) -> &'a grantkit::Error {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<grantkit::Error>() {
            return found;
        }
        let in_io = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        if let Some(found) = in_io.and_then(|error| error.downcast_ref::<grantkit::Error>()) {
            return found;
        }
        next = error.source();
    }
    panic!("no error of grantkit in {error:?}")
}

/// That nothing secret is shown.
pub async fn assert_shows_no_secret(shown: &str, credentials: &Credentials) {
    let token = credentials.token().await.unwrap();
    for secret in [token.access_token().secret(), SECRET] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
