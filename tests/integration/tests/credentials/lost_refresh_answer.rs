//! The answer to a refresh was lost: the refresh token is sent once more, and what comes of it at a server that counts.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use grantkit::credentials::{AfterLostResponse, CredentialCache, Fingerprint, RefreshPolicy};
use grantkit::prelude::*;
use grantkit::token::RefreshTokenRotation;
use grantkit::transport::Transport;
use grantkit_testkit::{AuthorizationServer, Fault};

use crate::shared_login::log_in;
use crate::support::{ManualClock, seconds};

struct Set {
    server: AuthorizationServer,
    clock: ManualClock,
    credentials: Credentials,
}

/// A login whose access token has expired.
async fn expired_login(rotating: bool, policy: RefreshPolicy) -> Set {
    let policy = policy.with_backoff(seconds(0.01), seconds(0.01));
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

/// This server revokes the login: it is lost, as it was when the answer was; and that is said at once.
#[tokio::test]
async fn it_is_sent_once_more_and_then_a_person_is_needed() {
    for fault in lossy() {
        let Set { server, clock, credentials } = expired_login(true, RefreshPolicy::default()).await;
        server.faults().next("/token", 1, fault.clone());
        let error = credentials.token().await.unwrap_err();
        assert!(error.to_string().contains("lost"), "{fault:?}: {error:?}");
        for _ in 0..3 {
            assert!(credentials.token().await.unwrap_err().needs_login(), "{fault:?}");
            clock.advance(seconds(60.0));
        }
        let counters = server.counters();
        assert_eq!((counters.refresh_token, counters.reused_refresh_tokens, counters.revoked_families), (2, 1, 1));
    }
}

/// The request did not arrive, and nobody could tell.
#[tokio::test]
async fn a_login_that_the_server_has_not_touched_is_kept() {
    let Set { server, credentials, .. } = expired_login(true, RefreshPolicy::default()).await;
    server.faults().next("/token", 1, Fault::status(504));
    credentials.token().await.unwrap();
    let counters = server.counters();
    assert_eq!((counters.reused_refresh_tokens, counters.revoked_families), (0, 0));
}

#[tokio::test]
async fn it_is_not_sent_again_where_the_program_says_so() {
    for fault in lossy() {
        let policy = RefreshPolicy::default().after_lost_response(AfterLostResponse::Never);
        let Set { server, clock, credentials } = expired_login(true, policy).await;
        server.faults().next("/token", 1, fault.clone());
        for _ in 0..3 {
            let error = credentials.token().await.unwrap_err();
            assert!(error.needs_login() && error.to_string().contains("after_lost_response"), "{fault:?}: {error:?}");
            clock.advance(seconds(60.0));
        }
        let counters = server.counters();
        assert_eq!((counters.refresh_token, counters.reused_refresh_tokens, counters.revoked_families), (1, 0, 0));
    }
}

#[tokio::test]
async fn a_server_that_leaves_it_costs_no_login() {
    let Set { server, clock, credentials } = expired_login(false, RefreshPolicy::default()).await;
    for fault in lossy() {
        server.faults().next("/token", 1, fault);
        credentials.token().await.unwrap();
        clock.advance(seconds(3600.0));
    }
    assert_eq!(server.counters().refresh_token, 6);
}

#[tokio::test]
async fn it_is_sent_again_when_the_server_said_that_it_did_nothing() {
    for fault in [Fault::status(503), Fault::status(429)] {
        let Set { server, clock, credentials } = expired_login(true, RefreshPolicy::default()).await;
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
    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of_type::<Self>()
    }

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
    // The token is sent twice in all where the answer was lost, and as often as need be where the request did not go out.
    for (failure, at_once, later) in [
        (Error::outcome_unknown("the partner closed the connection"), 2, 2),
        (Error::temporary("the partner is being updated"), 1, 2),
    ] {
        assert!(failure.is_retryable() && !failure.needs_login());
        let is_lost = failure.is_outcome_unknown();
        let client = ByHand { failure, refreshes: Arc::default() };
        let clock = ManualClock::new();
        let token = OAuthToken::new("t").unwrap().with_expires_in(Duration::from_mins(10));
        let credentials = Credentials::builder(client.clone())
            .cache(&CredentialCache::new(1, None))
            .clock(clock.shared())
            .with_token(token.with_refresh_token(RefreshToken::new("r")))
            .await
            .unwrap();
        for sent in [at_once, later] {
            clock.advance(Duration::from_hours(1));
            let error = credentials.token().await.unwrap_err();
            assert_eq!(error.needs_login(), is_lost, "{error:?}");
            assert_eq!(client.refreshes.load(Ordering::SeqCst), sent);
        }
    }
}

#[tokio::test]
async fn a_new_login_ends_the_doubt() {
    let Set { server, clock, credentials } = expired_login(true, RefreshPolicy::default()).await;
    server.faults().next("/token", 1, Fault::lose_answer());
    credentials.token().await.unwrap_err();
    credentials.put(log_in(&server).await).await.unwrap();
    clock.advance(seconds(3600.0));
    credentials.token().await.unwrap();
    assert_eq!((server.counters().refresh_token, server.counters().revoked_families), (3, 1));
}

/// What the program knows of its server it says on the client.
#[tokio::test]
async fn what_is_known_of_the_server_decides() {
    let source = |rotation| Rotating { rotation, refreshes: Arc::default() };
    for (rotation, expected) in [
        (RefreshTokenRotation::Unknown, 2),
        (RefreshTokenRotation::WithGrace(Duration::from_hours(1)), 4),
        (RefreshTokenRotation::WithGrace(Duration::ZERO), 1),
        (RefreshTokenRotation::Never, 4),
    ] {
        let client = source(rotation);
        let clock = ManualClock::new();
        let token = OAuthToken::new("t").unwrap().with_expires_in(Duration::from_secs(10)).with_refresh_token("r");
        let credentials = Credentials::builder(client.clone())
            .cache(&CredentialCache::new(1, None))
            .policy(RefreshPolicy::default().with_backoff(seconds(0.01), seconds(0.01)))
            .clock(clock.shared())
            .with_token(token)
            .await
            .unwrap();
        for _ in 0..2 {
            clock.advance(seconds(60.0));
            credentials.token().await.unwrap_err();
        }
        assert_eq!(client.refreshes.load(Ordering::SeqCst), expected, "{rotation:?}");
    }
}

#[derive(Clone)]
struct Rotating {
    rotation: RefreshTokenRotation,
    refreshes: Arc<AtomicUsize>,
}

#[async_trait]
impl OAuthClient for Rotating {
    async fn get_token(&self) -> Result<OAuthToken> {
        Err(Error::login_required("a person has to log in"))
    }

    async fn refresh_token(&self, _: &RefreshToken) -> Result<OAuthToken> {
        self.refreshes.fetch_add(1, Ordering::SeqCst);
        Err(Error::outcome_unknown("the connection broke"))
    }

    fn refresh_token_rotation(&self) -> RefreshTokenRotation {
        self.rotation
    }
}
