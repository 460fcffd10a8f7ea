//! RFC 8628, in paused time: what is waited for is known to the millisecond, and takes no time.

use std::sync::Arc;
use std::time::Duration;

use grantkit::grant::{DeviceAuthorization, Login, PendingDeviceAuthorization};
use grantkit::transport::Transport;
use grantkit::{Client, Result};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::support::{Answer, InProgram, Scripted, all_said, verdict};

fn grant_at(server: &Scripted) -> DeviceAuthorization {
    grant(&server.url(""), Transport::builder().build().unwrap())
}

fn grant(server: &str, transport: Transport) -> DeviceAuthorization {
    Client::builder()
        .client_id("tool")
        .public()
        .transport(transport)
        .token_endpoint(&format!("{server}/token"))
        .unwrap()
        .device_authorization_endpoint(&format!("{server}/device"))
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

/// What came of a login that was waited for.
struct Waited {
    server: Arc<InProgram>,
    outcome: Result<Login>,
    time: Duration,
}

/// In paused time.
async fn wait(begin: Answer, then: impl IntoIterator<Item = Answer>) -> Waited {
    let server = InProgram::new([begin]);
    let grant = grant("https://as.example", server.transport());
    let device = grant.start().await.unwrap();
    server.now_answer(then);
    let started = Instant::now();
    let outcome = grant.wait(device).await;
    Waited { server, outcome, time: started.elapsed() }
}

#[tokio::test(start_paused = true)]
async fn the_person_logs_in_after_a_while() {
    let answers = [pending(), pending(), Answer::error(400, "slow_down"), pending(), Answer::token("t")];
    let waited = wait(begun(&[]), answers).await;
    assert_eq!(waited.server.pauses(), [5, 5, 5, 10, 10]);
    assert_eq!(waited.outcome.unwrap().token().access_token().secret(), "t");
    let asked = waited.server.asked();
    assert_eq!(asked.len(), 6);
    assert_eq!((asked[0].path.as_str(), asked[0].body()), ("/device", "client_id=tool"));
    for poll in &asked[1..] {
        let body = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=CANARY-device-code&client_id=tool";
        assert_eq!((poll.path.as_str(), poll.body()), ("/token", body));
    }
}

#[tokio::test(start_paused = true)]
async fn slow_down_adds_five_seconds_each_time_and_for_good() {
    let slow = || Answer::error(400, "slow_down");
    let waited = wait(begun(&[("interval", json!(1))]), [slow(), slow(), pending(), Answer::token("t")]).await;
    assert_eq!(waited.server.pauses(), [1, 6, 11, 11]);
    waited.outcome.unwrap();
}

#[tokio::test(start_paused = true)]
async fn the_person_refuses() {
    let waited = wait(begun(&[]), [pending(), Answer::error(400, "access_denied")]).await;
    assert_eq!(waited.server.pauses(), [5, 5]);
    let error = waited.outcome.unwrap_err();
    assert_eq!(error.oauth_code(), Some("access_denied"));
    assert!(!error.is_retryable());
}

#[tokio::test(start_paused = true)]
async fn the_server_says_that_it_took_too_long() {
    let waited = wait(begun(&[]), [Answer::error(400, "expired_token")]).await;
    assert_eq!(waited.server.pauses(), [5]);
    let error = waited.outcome.unwrap_err();
    assert_eq!((error.oauth_code(), verdict(&error)), (Some("expired_token"), vec!["needs login"]));
}

#[tokio::test(start_paused = true)]
async fn device_login_ends_when_it_took_too_long_by_the_clients_clock() {
    let waited = wait(begun(&[("expires_in", json!(12))]), [pending()]).await;
    assert_eq!(waited.server.pauses(), [5, 5]);
    // The next question would come after the end; it is not waited for.
    assert_eq!(waited.time.as_secs(), 12);
    let error = waited.outcome.unwrap_err();
    assert_eq!((error.oauth_code(), verdict(&error)), (Some("expired_token"), vec!["needs login"]));
    assert!(error.to_string().contains("start again"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn there_is_a_question_before_the_end_whatever_the_interval() {
    let begin = begun(&[("expires_in", json!(30)), ("interval", json!(100))]);
    let waited = wait(begin, [Answer::token("just-in-time")]).await;
    assert_eq!(waited.server.pauses(), [15]);
    assert_eq!(waited.outcome.unwrap().token().access_token().secret(), "just-in-time");
}

#[tokio::test(start_paused = true)]
async fn a_server_in_trouble_is_asked_less_often() {
    let busy = Answer::error(503, "temporarily_unavailable");
    let answers = [Answer::status(500), Answer::status(502), pending(), busy, Answer::token("t")];
    let waited = wait(begun(&[]), answers).await;
    assert_eq!(waited.server.pauses(), [5, 10, 20, 20, 40]);
    waited.outcome.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_server_that_says_when_to_come_back_is_obeyed() {
    let waited = wait(begun(&[]), [Answer::status(503).header("retry-after", "90"), Answer::token("t")]).await;
    assert_eq!(waited.server.pauses(), [5, 90]);
    waited.outcome.unwrap();
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
}

#[tokio::test(start_paused = true)]
async fn an_enormous_lifetime_is_no_reason_to_panic() {
    let server = InProgram::new([begun(&[("expires_in", json!(u64::MAX))])]);
    let grant = grant("https://as.example", server.transport());
    let device = grant.start().await.unwrap();
    assert_eq!(device.expires_in(), Duration::from_hours(30 * 24));
    server.now_answer([Answer::token("t")]);
    assert_eq!(grant.wait(device).await.unwrap().token().access_token().secret(), "t");
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
        begun(&[("verification_uri", json!(format!("https://as.example/{}", "x".repeat(4000))))]),
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
