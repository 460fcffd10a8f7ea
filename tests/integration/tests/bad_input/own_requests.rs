//! An `OAuthClient` that is implemented by hand and sends its requests by reqwest: its errors answer as those of the crate do.

use std::time::Duration;

use grantkit::Error;
use grantkit::transport::ServiceRequest;

use crate::support::{Answer, Scripted, all_said, verdict};

fn http() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(5)).build().unwrap()
}

#[tokio::test]
async fn failure_of_reqwest_says_whether_the_request_may_have_been_processed() {
    let nowhere = http().post("http://127.0.0.1:1/token?secret=CANARY").send().await.unwrap_err();
    let error = Error::from_reqwest(nowhere);
    assert_eq!((verdict(&error), error.is_outcome_unknown()), (vec!["retryable", "connect"], false));
    assert!(!all_said(&error).contains("CANARY"), "{error:?}");

    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/token?secret=CANARY", silent.local_addr().unwrap());
    let lost = http().post(url).timeout(Duration::from_millis(200)).send().await.unwrap_err();
    let error = Error::from_reqwest(lost);
    assert_eq!((verdict(&error), error.is_outcome_unknown()), (vec!["retryable", "timeout"], true));
    assert!(!all_said(&error).contains("CANARY"), "{error:?}");

    for (status, expected) in [(503, vec!["retryable"]), (401, vec![])] {
        let server = Scripted::start([Answer::status(status)]).await;
        let answer = http().post(server.url("/token")).send().await.unwrap();
        let error = Error::from_reqwest(answer.error_for_status().unwrap_err());
        assert_eq!((verdict(&error), error.is_outcome_unknown()), (expected, false), "{status}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
    }
}

#[tokio::test]
async fn the_json_of_a_service_is_an_object_and_is_not_read_by_position() {
    #[derive(Debug, serde::Deserialize)]
    struct Key {
        id: String,
    }
    for (body, expected) in
        [(r#"{"id":"a"}"#, Some("a")), ("\u{feff}{\"id\":\"a\"}", Some("a")), (r#"["a"]"#, None), ("\"a\"", None)]
    {
        let server = Scripted::start([Answer::status(200).body(body)]).await;
        let answer = ServiceRequest::get("key service", server.url("/key")).send().await.unwrap();
        let key = answer.json::<Key>();
        assert_eq!(key.as_ref().ok().map(|key| key.id.as_str()), expected, "{body}");
        assert!(key.err().is_none_or(|error| error.is_invalid_response()), "{body}");
    }
}
