//! A login that is refreshed as soon as it is there, and the answer to that is lost: its refresh token has been sent once.

use std::time::Duration;

use grantkit::credentials::{AfterLostResponse, CredentialCache, RefreshPolicy};
use grantkit::prelude::*;
use grantkit::store::MemoryStore;
use grantkit_testkit::{AuthorizationServer, Fault};

use crate::shared_login::{App, log_in_by};
use crate::support::ManualClock;

/// A login whose first access token has expired, after the refresh that follows the login has met with the fault.
async fn expired_login(fault: Fault, after: AfterLostResponse, stored: bool) -> (AuthorizationServer, Credentials) {
    let server = AuthorizationServer::builder().public_client("app", ["https://app.example/cb"]).start().await.unwrap();
    // The answer with the code comes as it is.
    server.faults().next("/token", 1, Fault::edit_json(|_| ()));
    server.faults().next("/token", 1, fault);
    let token = log_in_by(&server, true).await;
    let clock = ManualClock::new();
    let policy = RefreshPolicy::default().with_backoff(Duration::ZERO, Duration::ZERO).with_after_lost_response(after);
    let builder = Credentials::builder(App::new(&server, "at once")).cache(&CredentialCache::new(1, None));
    let builder = builder.clock(clock.clone()).policy(policy);
    let builder = if stored { builder.store(MemoryStore::new()) } else { builder };
    let credentials = builder.with_token(token).await.unwrap();
    clock.advance(Duration::from_hours(1));
    (server, credentials)
}

/// How often the refresh token of the login was sent.
fn sent(server: &AuthorizationServer) -> usize {
    let requests = server.requests();
    let refreshes = requests.iter().filter_map(|request| request.form_value("refresh_token"));
    let mut tokens: Vec<_> = refreshes.collect();
    let first = tokens.first().cloned().unwrap();
    tokens.retain(|token| *token == first);
    tokens.len()
}

#[tokio::test]
async fn new_login_whose_refresh_is_lost_is_sent_once_more_at_most() {
    for stored in [false, true] {
        let (server, credentials) = expired_login(Fault::lose_answer(), AfterLostResponse::RetryOnce, stored).await;
        for _ in 0..3 {
            assert!(credentials.token().await.unwrap_err().needs_login(), "{stored}");
        }
        assert_eq!(sent(&server), 2, "{stored}");

        // The server had not acted.
        let (server, credentials) = expired_login(Fault::status(504), AfterLostResponse::RetryOnce, stored).await;
        credentials.token().await.unwrap();
        assert_eq!((sent(&server), server.counters().reused_refresh_tokens), (2, 0), "{stored}");
    }
}

#[tokio::test]
async fn new_login_whose_refresh_is_lost_is_not_sent_again_by_never() {
    for stored in [false, true] {
        let (server, credentials) = expired_login(Fault::lose_answer(), AfterLostResponse::Never, stored).await;
        for _ in 0..3 {
            assert!(credentials.token().await.unwrap_err().needs_login(), "{stored}");
        }
        assert_eq!((sent(&server), server.counters().reused_refresh_tokens), (1, 0), "{stored}");
    }
}

/// Nothing was done with it, by the server's own word.
#[tokio::test]
async fn new_login_whose_refresh_is_put_off_is_sent_again_also_by_never() {
    for stored in [false, true] {
        let (server, credentials) = expired_login(Fault::status(503), AfterLostResponse::Never, stored).await;
        credentials.token().await.unwrap();
        assert_eq!((sent(&server), server.counters().reused_refresh_tokens), (2, 0), "{stored}");
    }
}
