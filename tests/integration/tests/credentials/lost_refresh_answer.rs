//! The answer to a refresh was lost: the refresh token is sent once more, and what comes of it at a server that counts.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use grantkit::credentials::{AfterLostResponse, CredentialCache, Fingerprint, RefreshPolicy};
use grantkit::prelude::*;
use grantkit::time::TokioClock;
use grantkit::token::RefreshTokenRotation;
use grantkit::transport::Transport;
use grantkit_testkit::{AuthorizationServer, Fault};

use crate::shared_login::log_in;
use crate::support::{ManualClock, seconds};

/// A transport waits so long, for a machine that is very busy; where an answer is not to come, no longer than need be.
const PATIENCE: f64 = 60.0;
const SHORT: f64 = 2.0;

struct Set {
    server: AuthorizationServer,
    clock: ManualClock,
    credentials: Credentials,
}

/// A login whose access token has expired.
async fn expired_login(rotating: bool, policy: RefreshPolicy) -> Set {
    login_at(rotating, RefreshTokenRotation::Unknown, policy, PATIENCE).await
}

async fn login_at(rotating: bool, known: RefreshTokenRotation, policy: RefreshPolicy, timeout: f64) -> Set {
    let policy = policy.with_backoff(seconds(0.01), seconds(0.01));
    let server = AuthorizationServer::builder()
        .public_client("app", ["https://app.example/cb"])
        .rotate_refresh_tokens(rotating)
        .start()
        .await
        .unwrap();
    let transport = Transport::builder().timeout(seconds(timeout)).build().unwrap();
    let token = log_in(&server).await;
    let app = crate::shared_login::App::new(&server, "lost").transport(transport).rotation(known);
    let clock = ManualClock::new();
    let credentials = Credentials::builder(app)
        .cache(&CredentialCache::new(1, None))
        .clock(clock.clone())
        .policy(policy)
        .with_token(token)
        .await
        .unwrap();
    clock.advance(Duration::from_hours(1));
    Set { server, clock, credentials }
}

/// How an answer is lost, each with how long a transport waits for it.
fn lossy() -> [(Fault, f64); 3] {
    [
        (Fault::lose_answer(), PATIENCE),
        (Fault::delay_answer(seconds(600.0)), SHORT),
        (Fault::truncate_body(10), PATIENCE),
    ]
}

async fn login_that_loses(rotating: bool, policy: RefreshPolicy, timeout: f64) -> Set {
    login_at(rotating, RefreshTokenRotation::Unknown, policy, timeout).await
}

/// This server revokes the login: it is lost, as it was when the answer was; and that is said at once.
#[tokio::test]
async fn refresh_token_is_sent_once_more_and_then_a_login_is_needed() {
    for (fault, timeout) in lossy() {
        let Set { server, clock, credentials } = login_that_loses(true, RefreshPolicy::default(), timeout).await;
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

/// The request did not arrive, and the client could not tell.
#[tokio::test]
async fn a_login_that_the_server_has_not_touched_is_kept() {
    let Set { server, credentials, .. } = expired_login(true, RefreshPolicy::default()).await;
    server.faults().next("/token", 1, Fault::status(504));
    credentials.token().await.unwrap();
    let counters = server.counters();
    assert_eq!((counters.reused_refresh_tokens, counters.revoked_families), (0, 0));
}

/// A proxy's page in place of an answer costs no login that the server has not touched, and a page that stays is not sent to for ever.
#[tokio::test]
async fn a_web_page_in_place_of_an_answer_is_a_lost_answer() {
    let page = || Fault::respond(400, "<html><title>400 Bad Request</title></html>");
    let Set { server, credentials, .. } = expired_login(true, RefreshPolicy::default()).await;
    server.faults().next("/token", 1, page());
    credentials.token().await.unwrap();
    assert_eq!((token_requests(&server), server.counters().reused_refresh_tokens), (2, 0));

    let Set { server, clock, credentials } = expired_login(true, RefreshPolicy::default()).await;
    server.faults().next("/token", 2, page());
    for _ in 0..3 {
        assert!(credentials.token().await.unwrap_err().needs_login());
        clock.advance(seconds(60.0));
    }
    assert_eq!(token_requests(&server), 2);

    let policy = RefreshPolicy::default().with_after_lost_response(AfterLostResponse::Never);
    let Set { server, credentials, .. } = expired_login(true, policy).await;
    server.faults().next("/token", 1, page());
    let error = credentials.token().await.unwrap_err();
    assert!(error.needs_login() && error.to_string().contains("after_lost_response"), "{error:?}");
    assert_eq!(token_requests(&server), 1);
}

/// Nor where the token stays, and nothing is lost by sending it again: a person is asked, and the token is sent once the page is gone.
#[tokio::test]
async fn a_web_page_that_stays_asks_for_a_login_also_where_refresh_tokens_stay() {
    let Set { server, clock, credentials } =
        login_at(false, RefreshTokenRotation::Never, RefreshPolicy::default(), PATIENCE).await;
    server.faults().next("/token", 2, Fault::respond(400, "<html><title>400 Bad Request</title></html>"));
    assert!(credentials.token().await.unwrap_err().needs_login());
    assert_eq!(token_requests(&server), 2);
    clock.advance(seconds(3600.0));
    credentials.token().await.unwrap();
}

/// A firewall stops a request before the server: its page says nothing of the refresh token, which is sent with the next refresh.
#[tokio::test]
async fn a_firewalls_page_costs_no_login() {
    for status in [401, 403] {
        let Set { server, clock, credentials } = expired_login(true, RefreshPolicy::default()).await;
        server.faults().next("/token", 3, Fault::respond(status, "<html>Are you a robot?</html>"));
        for _ in 0..3 {
            let error = credentials.token().await.unwrap_err();
            assert!(!error.needs_login() && !error.is_outcome_unknown(), "{error:?}");
            clock.advance(seconds(60.0));
        }
        credentials.token().await.unwrap();
        assert_eq!(server.counters().revoked_families, 0);
    }
}

/// The same of what a gateway or a mesh says: however long it lasts, the refresh token is kept.
#[tokio::test]
async fn a_gateways_refusal_costs_no_login() {
    for fault in [
        Fault::respond(403, serde_json::json!({ "message": "Forbidden" })),
        Fault::respond(403, "RBAC: access denied"),
        Fault::status(404),
        Fault::status(409),
    ] {
        let Set { server, clock, credentials } = expired_login(true, RefreshPolicy::default()).await;
        server.faults().next("/token", 5, fault.clone());
        for _ in 0..5 {
            let error = credentials.token().await.unwrap_err();
            assert!(error.is_retryable() && !error.needs_login(), "{fault:?}: {error:?}");
            clock.advance(seconds(600.0));
        }
        credentials.token().await.unwrap();
        assert_eq!((server.counters().revoked_families, server.counters().reused_refresh_tokens), (0, 0));
    }
}

/// Of refreshes, those that a fault took the place of included.
fn token_requests(server: &AuthorizationServer) -> usize {
    let of_refreshes = |form: Option<String>| form.as_deref() == Some("refresh_token");
    server.requests().iter().filter(|request| of_refreshes(request.form_value("grant_type"))).count()
}

#[tokio::test]
async fn refresh_token_is_not_sent_again_if_the_policy_says_never() {
    for (fault, timeout) in lossy() {
        let policy = RefreshPolicy::default().with_after_lost_response(AfterLostResponse::Never);
        let Set { server, clock, credentials } = login_that_loses(true, policy, timeout).await;
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
    for (fault, timeout) in lossy() {
        let Set { server, credentials, .. } = login_that_loses(false, RefreshPolicy::default(), timeout).await;
        server.faults().next("/token", 1, fault);
        credentials.token().await.unwrap();
        assert_eq!(server.counters().refresh_token, 2);
    }
}

#[tokio::test]
async fn refresh_token_is_sent_again_if_the_server_has_done_nothing() {
    for fault in [Fault::status(500), Fault::status(503), Fault::status(429)] {
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
            .clock(clock.clone())
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
            .clock(clock.clone())
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

/// Servers' grace periods are short: however long a program leaves a failing server alone, a lost answer is followed up at once.
#[tokio::test(start_paused = true)]
async fn the_pause_before_it_is_sent_once_more_is_two_seconds_at_most() {
    for (first, pause) in [(0.3, 0.3), (2.0, 2.0), (60.0, 2.0)] {
        let client = Timed::default();
        let token = OAuthToken::new("t").unwrap().with_expires_in(Duration::from_secs(10)).with_refresh_token("r");
        let credentials = Credentials::builder(client.clone())
            .cache(&CredentialCache::new(1, None))
            .policy(RefreshPolicy::default().with_backoff(seconds(first), seconds(300.0)))
            .clock(TokioClock::new())
            .with_token(token)
            .await
            .unwrap();
        tokio::time::sleep(seconds(60.0)).await;
        assert!(credentials.token().await.unwrap_err().needs_login());
        let sent = client.sent.lock().unwrap().clone();
        let [first_sent, last] = sent[..] else { panic!("{sent:?}") };
        let between = last - first_sent;
        // Timers are good to a millisecond.
        assert!((seconds(pause)..seconds(pause + 0.01)).contains(&between), "{first}: {between:?}");
    }
}

/// Loses every answer, and says when it was asked.
#[derive(Clone, Default)]
struct Timed {
    sent: Arc<Mutex<Vec<tokio::time::Instant>>>,
}

#[async_trait]
impl OAuthClient for Timed {
    async fn get_token(&self) -> Result<OAuthToken> {
        Err(Error::login_required("a person has to log in"))
    }

    async fn refresh_token(&self, _: &RefreshToken) -> Result<OAuthToken> {
        self.sent.lock().unwrap().push(tokio::time::Instant::now());
        Err(Error::outcome_unknown("the connection broke"))
    }
}
