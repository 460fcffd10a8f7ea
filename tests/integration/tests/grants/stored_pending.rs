//! What is kept between two requests of a person: it serialises, with the time by the wall clock.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use grantkit::Client;
use grantkit::grant::PendingDeviceAuthorization;
use serde_json::{Value, json};

use crate::support::{Answer, Scripted, verdict};

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

#[tokio::test]
async fn a_device_login_is_continued_by_another_process() {
    let begun = json!({
        "device_code": "d", "user_code": "u", "verification_uri": "https://as.example/device", "expires_in": 600,
    });
    let server = Scripted::start([Answer::json(200, &begun)]).await;
    let grant = Client::builder()
        .client_id("tool")
        .public()
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .device_authorization_endpoint(&server.url("/device"))
        .unwrap()
        .build()
        .device_authorization();
    let mut pending = grant.start().await.unwrap();
    server.now_answer([Answer::error(400, "slow_down")]);
    assert!(grant.poll(&mut pending).await.unwrap().is_none());

    let mut stored = serde_json::to_value(&pending).unwrap();
    assert!(stored["schedule"]["expires_at"].as_u64().unwrap().abs_diff(now() + 600) < 60);
    let mut read: PendingDeviceAuthorization = serde_json::from_value(stored.clone()).unwrap();
    assert_eq!((read.user_code(), read.interval()), ("u", Duration::from_secs(10)));
    server.now_answer([Answer::token("t")]);
    assert_eq!(grant.poll(&mut read).await.unwrap().unwrap().token().access_token().secret(), "t");

    // It is over by the wall clock, however the file came here.
    stored["schedule"]["expires_at"] = Value::from(now() - 1);
    let read: PendingDeviceAuthorization = serde_json::from_value(stored.clone()).unwrap();
    assert_eq!(verdict(&grant.wait(read).await.unwrap_err()), ["needs login"]);
    // Nor does a number break anything.
    for number in [0, u64::MAX] {
        stored["schedule"] = json!({ "interval": number, "expires_at": number });
        let read: PendingDeviceAuthorization = serde_json::from_value(stored.clone()).unwrap();
        assert!(read.interval() >= Duration::from_secs(1));
    }
}
