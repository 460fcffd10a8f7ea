//! What is sent again, and what never is (RFC 9700 §4.14).

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use grantkit::authorize::RedirectUri;
use grantkit::transport::Transport;
use grantkit::{AuthorizationCode, Client};
use grantkit_testkit::ManualClock;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use serde_json::json;

use crate::support::{Answer, Asked, CALLBACK, ID, SECRET, Scripted, unguarded_client_at, verdict};

fn busy(status: u16, retry_after: &str) -> Answer {
    Answer::status(status).header("retry-after", retry_after)
}

fn login_at(server: &Scripted) -> AuthorizationCode {
    Client::builder()
        .client_id(ID)
        .client_secret_basic(SECRET)
        .transport(Transport::builder().build().unwrap())
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .authorization_endpoint("https://as.example/authorize")
        .unwrap()
        .build()
        .authorization_code(RedirectUri::new(CALLBACK).unwrap())
}

#[tokio::test]
async fn a_busy_server_that_says_when_is_asked_again_twice() {
    for status in [429, 503] {
        let server = Scripted::start([busy(status, "0"), busy(status, "0"), Answer::token("t")]).await;
        unguarded_client_at(&server.url("/token")).client_credentials().get_token().await.unwrap();
        assert_eq!(server.count(), 3);

        let server = Scripted::start([busy(status, "0")]).await;
        let error = unguarded_client_at(&server.url("/token")).client_credentials().get_token().await.unwrap_err();
        assert_eq!((server.count(), verdict(&error)), (3, vec!["retryable"]));
        assert_eq!(error.retry_after(), Some(Duration::ZERO));
        let asked = server.asked();
        assert!(asked.iter().all(|one| one.body == asked[0].body && one.headers.len() == asked[0].headers.len()));
    }
}

#[tokio::test]
async fn a_busy_server_that_does_not_say_when_is_left_alone() {
    for answer in [
        Answer::status(429),
        Answer::status(503),
        busy(503, "Wed, 21 Oct 2015 07:28:00 GMT"),
        busy(503, "soon"),
        busy(503, "-1"),
        busy(503, ""),
        busy(503, "1.5"),
    ] {
        let server = Scripted::start([answer]).await;
        let error = unguarded_client_at(&server.url("/token")).client_credentials().get_token().await.unwrap_err();
        assert_eq!((server.count(), verdict(&error)), (1, vec!["retryable"]));
        assert_eq!(error.retry_after(), None);
    }
}

#[tokio::test]
async fn a_long_wait_is_the_callers_to_decide() {
    for (asked, told) in
        [("6", 6), ("120", 120), ("18446744073709551615", 3600), ("Fri, 31 Dec 9999 23:59:59 GMT", 3600)]
    {
        let server = Scripted::start([busy(503, asked)]).await;
        let error = unguarded_client_at(&server.url("/token")).client_credentials().get_token().await.unwrap_err();
        assert_eq!(server.count(), 1);
        assert_eq!(error.retry_after(), Some(Duration::from_secs(told)));
        assert!(error.to_string().contains("next try in"), "{error}");
    }
}

#[tokio::test]
async fn other_failures_are_not_asked_about_again() {
    for status in [400, 401, 403, 404, 408, 409, 500, 501, 502, 504] {
        let server = Scripted::start([busy(status, "0")]).await;
        unguarded_client_at(&server.url("/token")).client_credentials().get_token().await.unwrap_err();
        assert_eq!(server.count(), 1, "{status}");
    }
}

#[tokio::test]
async fn a_code_is_sent_once_whatever_comes_back() {
    for status in [429, 500, 503] {
        let server = Scripted::start([busy(status, "0")]).await;
        let login = login_at(&server);
        let (_, pending) = login.start().unwrap();
        let callback = format!("code=c&state={}", pending.state());
        assert!(login.finish(pending, callback).await.unwrap_err().is_retryable());
        assert_eq!(server.count(), 1, "{status}");
    }
}

#[tokio::test]
async fn a_refresh_token_is_sent_once_whatever_comes_back() {
    for status in [429, 500, 503] {
        let first = json!({ "access_token": "one", "token_type": "Bearer", "expires_in": 3600, "refresh_token": "rt" });
        let server = Scripted::start([Answer::json(200, &first), busy(status, "0")]).await;
        let login = login_at(&server);
        let (_, pending) = login.start().unwrap();
        let callback = format!("code=c&state={}", pending.state());
        let done = login.finish(pending, callback).await.unwrap();
        let credentials = done.credentials(format!("sent-once-{status}")).await.unwrap();
        let headers = credentials.headers().await.unwrap();
        credentials.refresh_rejected_token(&headers).await.unwrap_err();
        assert_eq!(server.count(), 2, "{status}");
        assert!(server.asked()[1].body().contains("refresh_token=rt"));
    }
}

/// The old one is spent: its successor is all that is left of the login.
#[tokio::test]
async fn a_successor_is_kept_that_comes_with_a_negative_lifetime() {
    let answer = |token: &str, lifetime: i64, refresh_token: &str| {
        let answer = json!({ "access_token": token, "token_type": "Bearer", "expires_in": lifetime, "refresh_token": refresh_token });
        Answer::json(200, &answer)
    };
    let server = Scripted::start([answer("one", 3600, "rt-1")]).await;
    let login = login_at(&server);
    let (_, pending) = login.start().unwrap();
    let callback = format!("code=c&state={}", pending.state());
    let done = login.finish(pending, callback).await.unwrap();
    let clock = ManualClock::new();
    let credentials = done.credentials_builder("negative-lifetime").clock(clock.clone()).await.unwrap();
    let headers = credentials.headers().await.unwrap();
    server.now_answer([answer("two", -5, "rt-2")]);
    let error = credentials.refresh_rejected_token(&headers).await.unwrap_err();
    assert!(error.is_invalid_response() && !error.needs_login(), "{error:?}");
    // The pause after that is over.
    clock.advance(Duration::from_mins(2));
    server.now_answer([answer("three", 3600, "rt-3")]);
    let renewed = credentials.refresh_rejected_token(&headers).await.unwrap().unwrap();
    assert_eq!(renewed.authorization(), "Bearer three");
    let sent: Vec<_> = server.asked()[1..].iter().map(Asked::body).map(str::to_owned).collect();
    assert!(sent[0].contains("refresh_token=rt-1") && sent[1].contains("refresh_token=rt-2"), "{sent:?}");
    assert_eq!(sent.len(), 2);
}

/// Leads the first look-ups to an address where nothing listens.
struct Detour {
    lookups: AtomicUsize,
    detours: usize,
}

impl Resolve for Detour {
    fn resolve(&self, _: Name) -> Resolving {
        let number = self.lookups.fetch_add(1, Ordering::SeqCst);
        let last = if number < self.detours { 2 } else { 1 };
        let address: SocketAddr = ([127, 0, 0, last], 0).into();
        Box::pin(async move { Ok(Box::new(std::iter::once(address)) as Addrs) })
    }
}

fn through(detour: &Arc<Detour>) -> Transport {
    let detour = Arc::clone(detour);
    Transport::builder().configure(move |reqwest| reqwest.dns_resolver(Arc::clone(&detour)).no_proxy()).build().unwrap()
}

#[tokio::test]
async fn refused_connection_is_tried_again_twice() {
    for (detours, lookups, works) in [(0, 1, true), (1, 2, true), (2, 3, true), (3, 3, false), (100, 3, false)] {
        let server = Scripted::start([Answer::token("t")]).await;
        let detour = Arc::new(Detour { lookups: AtomicUsize::new(0), detours });
        let url = server.url("/token").replace("127.0.0.1", "localhost");
        let login = Client::builder()
            .client_id(ID)
            .client_secret_basic(SECRET)
            .transport(through(&detour))
            .token_endpoint(&url)
            .unwrap()
            .authorization_endpoint("https://as.example/authorize")
            .unwrap()
            .build()
            .authorization_code(RedirectUri::new(CALLBACK).unwrap());
        // Even a code, which is spent by the first request that arrives.
        let (_, pending) = login.start().unwrap();
        let callback = format!("code=c&state={}", pending.state());
        let outcome = login.finish(pending, callback).await;
        assert_eq!(outcome.is_ok(), works, "{detours}");
        if let Err(error) = outcome {
            assert_eq!(verdict(&error), ["retryable", "connect"]);
        }
        assert_eq!(detour.lookups.load(Ordering::SeqCst), lookups, "{detours}");
        assert_eq!(server.count(), usize::from(works));
    }
}
