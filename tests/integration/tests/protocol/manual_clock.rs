//! One clock for all: moved by hand, it lets everything expire that a client, its server and a store keep.

use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use grantkit::authorize::PendingLogin;
use grantkit::client::ClientBuilder;
use grantkit::credentials::CredentialCache;
use grantkit::keys::SealingKey;
use grantkit::prelude::*;
use grantkit::registration::RegisteredClient;
use grantkit::store::MemoryStore;
use grantkit::time::Clock;
use grantkit::transport::Transport;
use grantkit_testkit::{AuthorizationServer, ManualClock, ProtectedApi};
use serde_json::json;

use crate::support::{Answer, Browser, CALLBACK, ID, SECRET, Scripted, log_in, server_builder};

fn builder(clock: &ManualClock) -> ClientBuilder {
    Client::builder().clock(clock.clone()).transport(Transport::builder().build().unwrap())
}

/// The machine's time, and others far from it.
fn clocks() -> [ManualClock; 3] {
    [0, 1_000_000_000, 4_000_000_000].map(|seconds| match seconds {
        0 => ManualClock::new(),
        other => ManualClock::at(UNIX_EPOCH + Duration::from_secs(other)),
    })
}

const METADATA: &str = "/.well-known/openid-configuration";

fn requests(server: &AuthorizationServer, path: &str) -> usize {
    server.requests().iter().filter(|request| request.path == path).count()
}

#[tokio::test]
async fn token_expires_by_the_clock_at_the_client_and_at_the_server() {
    for clock in clocks() {
        let server = server_builder().clock(&clock).start().await.unwrap();
        let api = ProtectedApi::start(&server).await.unwrap();
        let client = builder(&clock).client_id(ID).client_secret(SECRET).discover(&*server.issuer()).await.unwrap();
        let credentials = client.client_credentials().credentials("clock");
        let first = credentials.token().await.unwrap();
        let late = (clock.now() + Duration::from_hours(1)).duration_since(first.expires_at().unwrap()).unwrap();
        assert!(late < Duration::from_millis(1), "{late:?}");
        let api = ApiClient::new(&api.url("/v1"), &credentials).unwrap();
        clock.advance(Duration::from_mins(30));
        api.get("whoami").send().await.unwrap();
        assert_eq!(server.counters().client_credentials, 1);
        clock.advance(Duration::from_mins(31));
        assert!(!server.is_active(first.access_token().secret()));
        api.get("whoami").send().await.unwrap();
        assert_eq!(server.counters().client_credentials, 2);
    }
}

#[tokio::test]
async fn stored_token_is_shared_until_it_expires_by_the_clock() {
    for clock in clocks() {
        let server = server_builder().clock(&clock).start().await.unwrap();
        let store = MemoryStore::new();
        let process = || {
            let client =
                builder(&clock).client_id(ID).client_secret_basic(SECRET).token_endpoint(&server.token_endpoint());
            let grant = client.unwrap().build().client_credentials().named("shared");
            Credentials::builder(grant).cache(&CredentialCache::new(1, None)).store(store.clone()).build()
        };
        let first = process().token().await.unwrap();
        assert_eq!(process().token().await.unwrap().access_token(), first.access_token(), "from the store");
        clock.advance(Duration::from_mins(40));
        assert_eq!(process().token().await.unwrap().access_token(), first.access_token(), "from the store");
        clock.advance(Duration::from_mins(21));
        assert_ne!(process().token().await.unwrap().access_token(), first.access_token());
        assert_eq!(server.counters().client_credentials, 2);
    }
}

#[tokio::test]
async fn sealed_login_expires_by_the_clock() {
    for clock in clocks() {
        let server = server_builder().clock(&clock).start().await.unwrap();
        let client = builder(&clock).client_id(ID).client_secret(SECRET).discover(&*server.issuer()).await.unwrap();
        let login = client.authorization_code(CALLBACK).unwrap().scope("openid");
        let key = SealingKey::random().unwrap();
        for (minutes, is_in_time) in [(14, true), (16, false)] {
            let (url, pending) = login.start().unwrap();
            let cookie = pending.seal(&key).unwrap();
            clock.advance(Duration::from_mins(minutes));
            let callback = Browser::new().log_in(&url).await;
            let outcome = login.finish(PendingLogin::open(&key, &cookie).unwrap(), callback).await;
            match outcome {
                Ok(done) => assert!(is_in_time && done.claims().unwrap().subject() == "alice"),
                Err(error) => assert!(!is_in_time && error.needs_login(), "{error}"),
            }
        }
        // The second code was not spent.
        assert_eq!(server.counters().authorization_code, 1);
    }
}

#[tokio::test]
async fn device_login_that_was_written_down_expires_by_the_clock() {
    for clock in clocks() {
        let begun = json!({
            "device_code": "d", "user_code": "WDJB-MJHT", "verification_uri": "https://as.example/device",
            "expires_in": 1800, "interval": 1,
        });
        let server = Scripted::start([Answer::json(200, &begun)]).await;
        let client = builder(&clock)
            .client_id("tool")
            .public()
            .token_endpoint(&server.url("/token"))
            .unwrap()
            .device_authorization_endpoint(&server.url("/device"))
            .unwrap()
            .build();
        let grant = client.device_authorization();
        let written = serde_json::to_string(&grant.start().await.unwrap()).unwrap();
        clock.advance(Duration::from_mins(29));
        server.now_answer([Answer::token("in-time")]);
        let login = grant.wait(serde_json::from_str(&written).unwrap()).await.unwrap();
        assert_eq!(login.token().access_token().secret(), "in-time");
        clock.advance(Duration::from_mins(2));
        let error = grant.wait(serde_json::from_str(&written).unwrap()).await.unwrap_err();
        assert_eq!((error.oauth_code(), server.count()), (Some("expired_token"), 2));
    }
}

#[tokio::test]
async fn metadata_and_keys_are_kept_by_the_clock_and_for_that_clock_alone() {
    let server = AuthorizationServer::builder().confidential_client(ID, SECRET).redirect_uri(ID, CALLBACK);
    let clock = ManualClock::new();
    let server = server.clock(&clock).start().await.unwrap();
    let transport = Transport::builder().build().unwrap();
    let log_in = async |clock: &Arc<dyn Clock>| {
        let client = Client::builder().clock(Arc::clone(clock)).transport(transport.clone());
        let client = client.client_id(ID).client_secret(SECRET).discover(&*server.issuer()).await.unwrap();
        let login = client.authorization_code(CALLBACK).unwrap().scope("openid");
        log_in(&login).await.unwrap();
    };
    let shared: Arc<dyn Clock> = Arc::new(clock.clone());
    log_in(&shared).await;
    log_in(&shared).await;
    assert_eq!((requests(&server, METADATA), requests(&server, "/jwks")), (1, 1));
    clock.advance(Duration::from_hours(25));
    log_in(&shared).await;
    assert_eq!((requests(&server, METADATA), requests(&server, "/jwks")), (2, 2));
    // What was kept by one clock says nothing to another.
    let other: Arc<dyn Clock> = Arc::new(clock.clone());
    log_in(&other).await;
    assert_eq!((requests(&server, METADATA), requests(&server, "/jwks")), (3, 3));
}

#[tokio::test]
async fn secret_of_a_registration_expires_by_the_clock() {
    let answer = json!({ "client_id": "c", "client_secret": "s", "client_secret_expires_at": 1_000_000_600 });
    let registered = RegisteredClient::from_json(&answer.to_string()).unwrap();
    let clock = ManualClock::at(UNIX_EPOCH + Duration::from_secs(1_000_000_000));
    assert!(builder(&clock).registered(&registered).is_ok());
    clock.advance(Duration::from_mins(10));
    let error = builder(&clock).registered(&registered).unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("has expired"), "{error}");
}
