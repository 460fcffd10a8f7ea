//! One login, several audiences: slots that share a refresh token never spend the same one twice.

use std::time::Duration;

use grantkit::credentials::{CredentialCache, Fingerprint, RefreshKey};
use grantkit::prelude::*;
use grantkit::token::RefreshTokenRotation;
use grantkit::transport::Transport;
use grantkit_integration_tests::support::log_in as finish_login;
use grantkit_testkit::{AuthorizationServer, Fault};

use crate::support::{ManualClock, Source, seconds, text};

/// An app that refreshes one login for an audience: an `OAuthClient` by hand over the transport of the house.
#[derive(Clone)]
pub(crate) struct App {
    token_endpoint: String,
    audience: String,
    transport: Transport,
    rotation: RefreshTokenRotation,
}

impl App {
    pub(crate) fn new(server: &AuthorizationServer, audience: &str) -> Self {
        let transport = Transport::builder().build().unwrap();
        Self {
            token_endpoint: server.token_endpoint(),
            audience: audience.into(),
            transport,
            rotation: RefreshTokenRotation::Unknown,
        }
    }

    pub(crate) fn rotation(mut self, rotation: RefreshTokenRotation) -> Self {
        self.rotation = rotation;
        self
    }

    pub(crate) fn transport(mut self, transport: Transport) -> Self {
        self.transport = transport;
        self
    }
}

#[async_trait]
impl OAuthClient for App {
    async fn get_token(&self) -> Result<OAuthToken> {
        Err(Error::login_required("nobody has logged in"))
    }

    async fn refresh_token(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        let client = Client::builder()
            .client_id("app")
            .public()
            .token_endpoint(&self.token_endpoint)?
            .transport(self.transport.clone())
            .build();
        client.refresh_token_grant(refresh_token.secret()).get_token().await
    }

    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::builder().parameter("audience", &self.audience).build()
    }

    fn refresh_key(&self) -> RefreshKey {
        "the-login-of-alice".into()
    }

    fn refresh_token_rotation(&self) -> RefreshTokenRotation {
        self.rotation
    }
}

/// A login by hand: the server's user consents at once.
pub(crate) async fn log_in(server: &AuthorizationServer) -> OAuthToken {
    log_in_by(server, false).await
}

/// The same by a client that may refresh a login as soon as it is there.
pub(crate) async fn log_in_by(server: &AuthorizationServer, refreshes: bool) -> OAuthToken {
    let callback = "https://app.example/cb";
    let builder = Client::builder()
        .client_id("app")
        .public()
        .token_endpoint(&server.token_endpoint())
        .unwrap()
        .authorization_endpoint(&server.authorization_endpoint())
        .unwrap()
        .issuer(&server.issuer())
        .unwrap();
    let client = if refreshes { builder.refresh_new_logins().build() } else { builder.build() };
    let login = client.authorization_code(RedirectUri::new(callback).unwrap());
    finish_login(&login).await.unwrap().token().clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn audiences_of_one_login_take_turns() {
    let server = AuthorizationServer::builder().public_client("app", ["https://app.example/cb"]).start().await.unwrap();
    let (cache, clock) = (CredentialCache::new(16, None), ManualClock::new());
    let audiences: Vec<Credentials> = (0..4)
        .map(|number| {
            let app = App::new(&server, &format!("https://api-{number}.example"));
            Credentials::builder(app).cache(&cache).clock(clock.clone()).build()
        })
        .collect();
    audiences[0].put(log_in(&server).await).await.unwrap();
    for _ in 0..10 {
        clock.advance(Duration::from_hours(1));
        // Where a request is slow, the next ones wait for its successor.
        server.faults().next("/token", 1, Fault::delay_answer(seconds(0.02)));
        let callers: Vec<_> = (0..40)
            .map(|number| {
                let credentials = audiences[number % 4].clone();
                tokio::spawn(async move { credentials.token().await.unwrap() })
            })
            .collect();
        for caller in callers {
            caller.await.unwrap();
        }
    }
    let counters = server.counters();
    assert_eq!(counters.refresh_token, 40, "one a round and audience");
    assert_eq!((counters.reused_refresh_tokens, counters.revoked_families), (0, 0));
}

#[tokio::test]
async fn a_login_of_one_is_a_login_of_all() {
    let source = Source::new().with_refresh_tokens(true);
    let cache = CredentialCache::new(16, None);
    let [first, second] =
        ["a", "b"].map(|tenant| Credentials::builder(source.other_tenant(tenant)).cache(&cache).build());
    first.put(OAuthToken::new("login").unwrap().with_refresh_token("of-the-login")).await.unwrap();
    assert_eq!(text(&second).await.unwrap(), "access-1");
    assert_eq!((source.gets(), source.refreshes()), (0, 1));
    assert_eq!(text(&first).await.unwrap(), "login");
}

#[tokio::test]
async fn what_one_forgets_the_other_has_forgotten() {
    let source = Source::new().with_refresh_tokens(true);
    let cache = CredentialCache::new(16, None);
    let [first, second] =
        ["a", "b"].map(|tenant| Credentials::builder(source.other_tenant(tenant)).cache(&cache).build());
    first.token().await.unwrap();
    first.clear().await.unwrap();
    second.token().await.unwrap();
    assert_eq!((source.gets(), source.refreshes()), (2, 0));
}
