//! RFC 8628, in paused time: what is waited for is known to the millisecond, and nobody waits.

use std::time::Duration;

use grantkit::grant::{DeviceAuthorization, Login, PendingDeviceAuthorization};
use grantkit::transport::Transport;
use grantkit::{Client, Error, Result};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::support::{Answer, HeldTime, Scripted, all_said, eventually, verdict};

fn grant_at(server: &Scripted) -> DeviceAuthorization {
    // In paused time a time-out of the transport would be over as soon as it begins.
    let never = Duration::from_hours(24 * 365);
    let transport = Transport::builder().timeout(never).connect_timeout(never).build().unwrap();
    Client::builder()
        .client_id("tool")
        .public()
        .transport(transport)
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .device_authorization_endpoint(&server.url("/device"))
        .unwrap()
        .build()
        .device_authorization()
}

fn begun(extra: &[(&str, Value)]) -> Answer {
    let mut answer = json!({
        "device_code": "CANARY-device-code",
        "user_code": "WDJB-MJHT",
        "verification_uri": "https://as.example/device",
        "verification_uri_complete": "https://as.example/device?user_code=WDJB-MJHT",
        "expires_in": 1800,
        "interval": 5,
    });
    for (name, value) in extra {
        if value.is_null() {
            answer.as_object_mut().unwrap().remove(*name);
        } else {
            answer[name] = value.clone();
        }
    }
    Answer::json(200, &answer)
}

fn pending() -> Answer {
    Answer::error(400, "authorization_pending")
}

/// A login that is waited for, and how to watch it.
struct Waiting {
    server: Scripted,
    clock: HeldTime,
    outcome: JoinHandle<Result<Login>>,
}

impl Waiting {
    async fn start(begin: Answer, then: impl IntoIterator<Item = Answer>) -> Self {
        let server = Scripted::start([begin]).await;
        let grant = grant_at(&server);
        let clock = HeldTime::pause();
        let device = grant.start().await.unwrap();
        server.now_answer(then);
        let outcome = tokio::spawn(async move { grant.wait(device).await });
        clock.pass(Duration::ZERO).await;
        Self { server, clock, outcome }
    }

    /// The next question comes after this time, and not a moment earlier.
    async fn asks_after(&self, seconds: u64) {
        let before = self.server.count();
        // A hundredth of a second is for the milliseconds by which the clock is moved elsewhere.
        self.clock.pass(Duration::from_millis(seconds * 1000 - 10)).await;
        assert_eq!(self.server.count(), before, "too early");
        self.clock.pass(Duration::from_millis(10)).await;
        eventually("the next question", async || (self.server.count() == before + 1).then_some(())).await;
        // Until the answer is read, the next wait has not begun.
        self.clock.pass(Duration::ZERO).await;
    }

    async fn fails(self) -> Error {
        self.outcome.await.unwrap().unwrap_err()
    }
}

#[tokio::test]
async fn the_person_logs_in_after_a_while() {
    let waiting = Waiting::start(
        begun(&[]),
        [pending(), pending(), Answer::error(400, "slow_down"), pending(), Answer::token("t")],
    )
    .await;
    for interval in [5, 5, 5, 10, 10] {
        waiting.asks_after(interval).await;
    }
    assert_eq!(waiting.outcome.await.unwrap().unwrap().token().access_token().secret(), "t");
    let asked = waiting.server.asked();
    assert_eq!(asked.len(), 6);
    assert_eq!((asked[0].path.as_str(), asked[0].body()), ("/device", "client_id=tool"));
    for poll in &asked[1..] {
        let body = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=CANARY-device-code&client_id=tool";
        assert_eq!((poll.path.as_str(), poll.body()), ("/token", body));
    }
}

#[tokio::test]
async fn slow_down_adds_five_seconds_each_time_and_for_good() {
    let slow = || Answer::error(400, "slow_down");
    let waiting =
        Waiting::start(begun(&[("interval", json!(1))]), [slow(), slow(), pending(), Answer::token("t")]).await;
    for interval in [1, 6, 11, 11] {
        waiting.asks_after(interval).await;
    }
    waiting.outcome.await.unwrap().unwrap();
}

#[tokio::test]
async fn the_person_refuses() {
    let waiting = Waiting::start(begun(&[]), [pending(), Answer::error(400, "access_denied")]).await;
    waiting.asks_after(5).await;
    waiting.asks_after(5).await;
    let error = waiting.fails().await;
    assert_eq!(error.oauth_code(), Some("access_denied"));
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn the_server_says_that_it_took_too_long() {
    let waiting = Waiting::start(begun(&[]), [Answer::error(400, "expired_token")]).await;
    waiting.asks_after(5).await;
    let error = waiting.fails().await;
    assert_eq!((error.oauth_code(), verdict(&error)), (Some("expired_token"), vec!["needs login"]));
}

#[tokio::test]
async fn it_took_too_long_by_our_own_clock() {
    let waiting = Waiting::start(begun(&[("expires_in", json!(12))]), [pending()]).await;
    waiting.asks_after(5).await;
    waiting.asks_after(5).await;
    // The next question would come after the end; it is not waited for.
    waiting.clock.pass(Duration::from_secs(2)).await;
    let error = waiting.fails().await;
    assert_eq!((error.oauth_code(), verdict(&error)), (Some("expired_token"), vec!["needs login"]));
    assert!(error.to_string().contains("start again"), "{error}");
}

#[tokio::test]
async fn there_is_a_question_before_the_end_whatever_the_interval() {
    let waiting =
        Waiting::start(begun(&[("expires_in", json!(30)), ("interval", json!(100))]), [Answer::token("just-in-time")])
            .await;
    waiting.asks_after(15).await;
    assert_eq!(waiting.outcome.await.unwrap().unwrap().token().access_token().secret(), "just-in-time");
}

#[tokio::test]
async fn a_server_in_trouble_is_asked_less_often() {
    let waiting = Waiting::start(
        begun(&[]),
        [
            Answer::status(500),
            Answer::status(502),
            pending(),
            Answer::error(503, "temporarily_unavailable"),
            Answer::token("t"),
        ],
    )
    .await;
    for interval in [5, 10, 20, 20, 40] {
        waiting.asks_after(interval).await;
    }
    waiting.outcome.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_server_that_says_when_to_come_back_is_obeyed() {
    let waiting =
        Waiting::start(begun(&[]), [Answer::status(503).header("retry-after", "90"), Answer::token("t")]).await;
    waiting.asks_after(5).await;
    waiting.asks_after(90).await;
    waiting.outcome.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_question_is_asked_once_even_if_the_server_is_busy() {
    // The code may be used up by the answer that got lost.
    let server = Scripted::start([begun(&[])]).await;
    let grant = grant_at(&server);
    let mut device = grant.start().await.unwrap();
    server.now_answer([Answer::status(503).header("retry-after", "0")]);
    grant.poll(&mut device).await.unwrap_err();
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn what_is_shown_to_the_person_is_all_there_and_no_secret_is() {
    let server = Scripted::start([begun(&[])]).await;
    let device = grant_at(&server).scope("read").scope("write").parameter("x", "y").start().await.unwrap();
    assert_eq!(server.only().body(), "scope=read+write&x=y&client_id=tool");
    assert_eq!((device.user_code(), device.verification_uri()), ("WDJB-MJHT", "https://as.example/device"));
    assert_eq!(device.verification_uri_complete(), Some("https://as.example/device?user_code=WDJB-MJHT"));
    assert_eq!((device.expires_in(), device.interval()), (Duration::from_mins(30), Duration::from_secs(5)));
    let shown = format!("{device:?}");
    assert!(!shown.contains("CANARY") && !shown.contains("WDJB"), "{shown}");
}

#[tokio::test]
async fn numbers_from_the_server_are_kept_within_bounds() {
    for (interval, taken) in [
        (json!(null), 5),
        (json!(0), 1),
        (json!(1), 1),
        (json!(7), 7),
        (json!(100_000), 300),
        (json!(u64::MAX), 300),
        (json!("7"), 7),
        (json!(7.9), 7),
        (json!("soon"), 5),
    ] {
        let server = Scripted::start([begun(&[("interval", interval.clone())])]).await;
        let device = grant_at(&server).start().await.unwrap();
        assert_eq!(device.interval(), Duration::from_secs(taken), "{interval}");
    }
    // An enormous lifetime is no reason to panic.
    let server = Scripted::start([begun(&[("expires_in", json!(u64::MAX))])]).await;
    let grant = grant_at(&server);
    let device = grant.start().await.unwrap();
    assert_eq!(device.expires_in(), Duration::from_hours(30 * 24));
    server.now_answer([Answer::token("t")]);
    let clock = HeldTime::pause();
    let outcome = tokio::spawn(async move { grant.wait(device).await });
    clock.pass(Duration::ZERO).await;
    clock.pass(Duration::from_secs(5)).await;
    assert_eq!(outcome.await.unwrap().unwrap().token().access_token().secret(), "t");
}

#[tokio::test]
async fn an_answer_that_begins_no_login_says_what_it_is() {
    let wrong = [
        begun(&[("device_code", json!(null))]),
        begun(&[("user_code", json!(null))]),
        begun(&[("verification_uri", json!(null))]),
        begun(&[("verification_uri", json!("https://"))]),
        begun(&[("expires_in", json!(null))]),
        begun(&[("expires_in", json!(-1))]),
        begun(&[("device_code", json!(""))]),
        begun(&[("user_code", json!(""))]),
        begun(&[("user_code", json!("WDJB\u{202e}TMJH"))]),
        begun(&[("user_code", json!(7))]),
        begun(&[("verification_uri", json!("http://as.example/device"))]),
        begun(&[("verification_uri", json!("javascript:alert(1)"))]),
        begun(&[("verification_uri", json!("https://as.example@evil.example/"))]),
        Answer::status(200).body("<html>CANARY"),
        Answer::status(200),
    ];
    for answer in wrong {
        let server = Scripted::start([answer.clone()]).await;
        let error = grant_at(&server).start().await.unwrap_err();
        assert_eq!(verdict(&error), ["invalid response"], "{answer:?}");
        assert!(error.to_string().contains("RFC 8628"), "{error}");
        assert!(!all_said(&error).contains("CANARY"), "{error:?}");
    }
    let refused = Scripted::start([Answer::error(400, "unauthorized_client")]).await;
    let error = grant_at(&refused).start().await.unwrap_err();
    assert_eq!((error.oauth_code(), verdict(&error)), (Some("unauthorized_client"), vec!["configuration"]));
}

#[tokio::test]
async fn a_client_with_a_secret_authenticates_at_both_endpoints() {
    let server = Scripted::start([begun(&[]), Answer::token("t")]).await;
    let grant = Client::builder()
        .client_id("tool")
        .client_secret_basic("s3cret")
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .device_authorization_endpoint(&server.url("/device"))
        .unwrap()
        .build()
        .device_authorization();
    let mut device: PendingDeviceAuthorization = grant.start().await.unwrap();
    assert!(grant.poll(&mut device).await.unwrap().is_some());
    for asked in server.asked() {
        assert_eq!(asked.header("authorization"), Some("Basic dG9vbDpzM2NyZXQ="));
        assert!(!asked.body().contains("client_"));
    }
}

#[tokio::test]
async fn an_answer_is_read_as_servers_write_it() {
    let odd = [
        ("expires_in", json!("1800")),
        ("verification_uri", json!("/activate")),
        ("verification_uri_complete", json!("javascript:alert(1)")),
        ("message", json!("Enter the code")),
    ];
    let server = Scripted::start([begun(&odd)]).await;
    let device = grant_at(&server).start().await.unwrap();
    assert_eq!(device.verification_uri(), server.url("/activate"));
    assert_eq!((device.verification_uri_complete(), device.expires_in()), (None, Duration::from_mins(30)));
    assert_eq!(device.extra()["message"], "Enter the code");
    let kept: PendingDeviceAuthorization = serde_json::from_value(serde_json::to_value(&device).unwrap()).unwrap();
    assert_eq!((kept.verification_uri(), kept.extra()), (device.verification_uri(), device.extra()));
    // An array is no object, whatever stands where in it.
    let array = json!(["CANARY", "u", "https://as.example/device", 60]);
    let server = Scripted::start([Answer::json(200, &array)]).await;
    assert!(grant_at(&server).start().await.unwrap_err().is_invalid_response());
}

#[tokio::test]
async fn what_was_asked_for_is_sent_with_each_question() {
    let server = Scripted::start([begun(&[]), pending(), Answer::token("t")]).await;
    let grant = grant_at(&server).scope("read").resource("https://api.example");
    let mut device = grant.start().await.unwrap();
    assert!(grant.poll(&mut device).await.unwrap().is_none() && grant.poll(&mut device).await.unwrap().is_some());
    for asked in &server.asked()[1..] {
        assert!(asked.body().contains("resource=https%3A%2F%2Fapi.example") && !asked.body().contains("scope"));
    }
}
