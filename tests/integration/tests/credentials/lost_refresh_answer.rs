//! The server rotated the refresh token, and its answer was lost: the old one is not sent again.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use grantkit::prelude::*;
use grantkit::{CredentialCache, RenewalPolicy, Transport};
use grantkit_testkit::{AuthorizationServer, Fault};

use crate::shared_login::log_in;
use crate::support::{ManualClock, seconds};

struct Set {
    server: AuthorizationServer,
    clock: ManualClock,
    credentials: Credentials,
}

/// A login whose access token has expired.
async fn expired_login(rotating: bool, policy: RenewalPolicy) -> Set {
    let server = AuthorizationServer::builder()
        .public_client("app", ["https://app.example/cb"])
        .rotate_refresh_tokens(rotating)
        .start()
        .await
        .unwrap();
    let transport = Transport::builder().timeout(seconds(0.5)).build().unwrap();
    let token = log_in(&server).await;
    let app = crate::shared_login::App::new(&server, "lost").transport(transport);
    let clock = ManualClock::new();
    let credentials = Credentials::builder(app)
        .cache(&CredentialCache::new(1, None))
        .clock(clock.shared())
        .policy(policy)
        .with_token(token)
        .await
        .unwrap();
    clock.advance(Duration::from_hours(1));
    Set { server, clock, credentials }
}

fn lossy() -> [Fault; 3] {
    [Fault::lose_answer(), Fault::delay_answer(seconds(3.0)), Fault::truncate_body(10)]
}

#[tokio::test]
async fn it_is_not_replayed() {
    for fault in lossy() {
        let Set { server, clock, credentials } = expired_login(true, RenewalPolicy::default()).await;
        server.faults().next("/token", 1, fault.clone());
        let error = credentials.token().await.unwrap_err();
        assert!(error.is_retryable(), "{fault:?}: {error:?}");
        for _ in 0..3 {
            clock.advance(seconds(60.0));
            let error = credentials.token().await.unwrap_err();
            assert!(error.needs_login() && error.to_string().contains("lost"), "{error:?}");
        }
        let counters = server.counters();
        assert_eq!((counters.refresh_token, counters.reused_refresh_tokens, counters.revoked_families), (1, 0, 0));
    }
}

#[tokio::test]
async fn it_is_replayed_where_that_was_asked_for() {
    let policy = RenewalPolicy::default().danger_reuse_refresh_token_after_lost_answer();
    let Set { server, clock, credentials } = expired_login(true, policy).await;
    server.faults().next("/token", 1, Fault::lose_answer());
    assert!(credentials.token().await.unwrap_err().is_retryable());
    clock.advance(seconds(60.0));
    // This server does not forgive it.
    assert!(credentials.token().await.unwrap_err().needs_login());
    assert_eq!((server.counters().refresh_token, server.counters().revoked_families), (2, 1));
}

#[tokio::test]
async fn it_is_sent_again_to_a_server_that_is_known_to_leave_it() {
    let Set { server, clock, credentials } = expired_login(false, RenewalPolicy::default()).await;
    credentials.token().await.unwrap();
    clock.advance(seconds(3600.0));
    for fault in lossy() {
        server.faults().next("/token", 1, fault);
        assert!(credentials.token().await.unwrap_err().is_retryable());
        clock.advance(seconds(60.0));
        credentials.token().await.unwrap();
        clock.advance(seconds(3600.0));
    }
    assert_eq!(server.counters().refresh_token, 7);
}

#[tokio::test]
async fn it_is_sent_again_when_the_server_said_that_it_did_nothing() {
    for fault in [Fault::status(503), Fault::status(429)] {
        let Set { server, clock, credentials } = expired_login(true, RenewalPolicy::default()).await;
        server.faults().next("/token", 1, fault);
        assert!(credentials.token().await.unwrap_err().is_retryable());
        clock.advance(seconds(60.0));
        credentials.token().await.unwrap();
        assert_eq!(server.counters().revoked_families, 0);
    }
}

/// A client by hand says for itself what became of its requests.
#[derive(Clone)]
struct ByHand {
    failure: Error,
    refreshes: Arc<AtomicUsize>,
}

#[async_trait]
impl OAuthClient for ByHand {
    async fn get_token(&self) -> Result<OAuthToken> {
        Err(Error::login_required("a person has to log in"))
    }

    async fn refresh_token(&self, _: &RefreshToken) -> Result<OAuthToken> {
        self.refreshes.fetch_add(1, Ordering::SeqCst);
        Err(self.failure.clone())
    }
}

#[tokio::test]
async fn a_client_by_hand_can_say_that_the_answer_was_lost() {
    // The token is sent once where the answer was lost, and again where the request did not go out.
    for (failure, expected) in [
        (Error::answer_lost("the partner closed the connection"), 1),
        (Error::temporary("the partner is being updated"), 2),
    ] {
        assert!(failure.is_retryable() && !failure.needs_login());
        let client = ByHand { failure, refreshes: Arc::default() };
        let clock = ManualClock::new();
        let token = OAuthToken::new("t").unwrap().with_expires_in(Duration::from_mins(10));
        let credentials = Credentials::builder(client.clone())
            .cache(&CredentialCache::new(1, None))
            .clock(clock.shared())
            .with_token(token.with_refresh_token(RefreshToken::new("r")))
            .await
            .unwrap();
        clock.advance(Duration::from_hours(1));
        assert!(credentials.token().await.unwrap_err().is_retryable());
        clock.advance(Duration::from_hours(1));
        let error = credentials.token().await.unwrap_err();
        assert_eq!(error.needs_login(), expected == 1, "{error:?}");
        assert_eq!(client.refreshes.load(Ordering::SeqCst), expected);
    }
}

#[tokio::test]
async fn a_new_login_ends_the_doubt() {
    let Set { server, clock, credentials } = expired_login(true, RenewalPolicy::default()).await;
    server.faults().next("/token", 1, Fault::lose_answer());
    credentials.token().await.unwrap_err();
    credentials.put(log_in(&server).await).await.unwrap();
    clock.advance(seconds(3600.0));
    credentials.token().await.unwrap();
    assert_eq!((server.counters().refresh_token, server.counters().revoked_families), (2, 0));
}
