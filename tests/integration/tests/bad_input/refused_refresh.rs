//! The login is over, in whatever words; and what only looks like that.

use grantkit::Client;
use grantkit::transport::Transport;
use serde_json::{Value, json};

use crate::support::{Answer, Scripted, all_said, client_at, verdict};

async fn refused(answer: Answer) -> grantkit::Error {
    let server = Scripted::start([answer]).await;
    // A server at a port that another had is not that one.
    let transport = Transport::builder().without_circuit_breaker().build().unwrap();
    let client = Client::builder()
        .client_id("app")
        .client_secret_basic("s3cret-of-app")
        .transport(transport)
        .token_endpoint(&server.url("/token"))
        .unwrap()
        // One server answers for several tests, and gateways are down.
        .transport(Transport::builder().without_circuit_breaker().build().unwrap())
        .build();
    let error = client.refresh_token_grant("rt-CANARY").get_token().await.unwrap_err();
    assert!(!all_said(&error).contains("CANARY"), "{error:?}");
    error
}

#[tokio::test]
async fn a_dead_refresh_token_is_a_login_that_is_over() {
    let fitbit = json!({ "errors": [{ "errorType": "invalid_grant", "message": "Refresh token invalid: rt-CANARY" }], "success": false });
    let answers = [
        // GitHub.
        Answer::error(200, "bad_refresh_token"),
        Answer::error(400, "bad_refresh_token"),
        Answer::json(400, &fitbit),
        Answer::json(401, &fitbit),
        Answer::error(400, "INVALID_GRANT"),
        Answer::error(400, "invalid_request"),
        Answer::error(400, "access_denied"),
        Answer::error(403, "token_revoked"),
        Answer::error(401, "unauthorized"),
        Answer::error(200, "token_revoked"),
        Answer::error(401, "invalid_grant").header("www-authenticate", "Bearer"),
        Answer::json(400, &json!({ "error": "invalid_grant", "error_description": ["Token is dead", "Log in"] })),
        Answer::status(400).body(b"{\"error\":\"invalid_grant\",\"error_description\":\"Jeton expir\xe9\"}".to_vec()),
        Answer::status(400).body("\u{feff}{\"error\":\"invalid_grant\"}"),
        Answer::status(400),
        Answer::status(401).body("Unauthorized"),
        Answer::json(422, &json!({ "message": "token expired" })),
        Answer::json(400, &json!({ "error": { "code": 400, "message": "no" } })),
    ];
    for answer in answers {
        let error = refused(answer.clone()).await;
        assert_eq!(verdict(&error), ["needs login"], "{answer:?}: {error:?}");
        assert!(error.to_string().contains("log in again"), "{error}");
    }
}

#[tokio::test]
async fn a_refresh_refused_for_another_reason_keeps_the_login() {
    let basic = || Answer::status(401).header("www-authenticate", "Basic realm=\"token\"");
    let cases = [
        (Answer::error(400, "temporarily_unavailable"), vec!["retryable"]),
        (Answer::error(429, "rate_limited"), vec!["retryable"]),
        (Answer::status(429), vec!["retryable"]),
        (Answer::status(408), vec!["retryable"]),
        (Answer::error(401, "invalid_client"), vec!["configuration"]),
        (Answer::error(400, "unauthorized_client"), vec!["configuration"]),
        (Answer::error(400, "invalid_scope"), vec!["configuration"]),
        (Answer::error(400, "incorrect_client_credentials"), vec!["configuration"]),
        (Answer::error(400, "use_dpop_nonce"), vec!["configuration"]),
        (basic(), vec![]),
        // Spring's, for a client's wrong secret.
        (basic().body(r#"{"error":"unauthorized"}"#), vec![]),
        (basic().body(r#"{"timestamp":"2026-01-01","status":401,"error":"Unauthorized","path":"/token"}"#), vec![]),
        // An OAuth error comes with 4xx.
        (Answer::error(500, "invalid_grant"), vec!["retryable"]),
        (Answer::error(503, "invalid_client"), vec!["retryable"]),
    ];
    for (answer, expected) in cases {
        let error = refused(answer.clone()).await;
        assert_eq!(verdict(&error), expected, "{answer:?}: {error:?}");
        assert!(!error.is_outcome_unknown(), "{answer:?}");
    }
}

/// No authorization server says so without an OAuth error, but a gateway, a firewall or a mesh in which something was set wrongly.
#[tokio::test]
async fn what_stands_before_the_server_leaves_the_refresh_token() {
    let forbidden = json!({ "timestamp": "2026-01-01", "status": 403, "error": "Forbidden", "path": "/token" });
    let answers = [
        // AWS API Gateway and WAF, Envoy, Istio.
        Answer::status(403).body(r#"{"message":"Forbidden"}"#),
        Answer::status(403),
        Answer::status(403).body("RBAC: access denied"),
        Answer::json(403, &forbidden),
        Answer::status(403).body("<html>Are you a robot?"),
        Answer::status(401).body("<html>Log in to the proxy"),
        Answer::error(404, "Not Found"),
        Answer::error(405, "Method Not Allowed"),
    ];
    let bare = [402, 404, 405, 406, 407, 409, 410, 411, 412, 413, 414, 415, 417, 421, 423, 425, 426, 431, 451];
    for answer in answers.into_iter().chain(bare.map(Answer::status)) {
        let error = refused(answer.clone()).await;
        assert_eq!(verdict(&error), ["retryable"], "{answer:?}: {error:?}");
        assert!(!error.is_outcome_unknown() && error.oauth_code().is_none(), "{answer:?}: {error:?}");
        assert!(error.to_string().contains("something before it (a gateway"), "{error}");
    }
    // Of other grants a status says what it did.
    let server = Scripted::start([Answer::status(404)]).await;
    let error = client_at(&server.url("/token")).client_credentials().get_token().await.unwrap_err();
    assert_eq!(verdict(&error), ["invalid response"]);
}

#[tokio::test]
async fn an_array_is_no_oauth_error() {
    let server = Scripted::start([]).await;
    for array in
        [json!(["invalid_grant"]), json!(["temporarily_unavailable", "x"]), json!([{ "error": "invalid_grant" }])]
    {
        server.now_answer([Answer::json(400, &array)]);
        let error = client_at(&server.url("/token")).client_credentials().get_token().await.unwrap_err();
        assert_eq!((error.oauth_code(), verdict(&error)), (None, vec![]), "{array}");
    }
}

/// Whatever the body is: they have lost the server's answer.
#[tokio::test]
async fn a_gateways_answer_is_no_answer_of_the_server() {
    for status in [502, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530] {
        for body in ["", r#"{"error":"Gateway Timeout"}"#, r#"{"error":"invalid_grant"}"#, "<html>error code"] {
            let error = refused(Answer::status(status).body(body)).await;
            assert!(
                error.is_outcome_unknown() && error.is_retryable() && !error.needs_login(),
                "{status} {body}: {error:?}"
            );
            assert_eq!((error.status().unwrap().as_u16(), error.oauth_code()), (status, None));
        }
    }
    // The server's own: nothing was done.
    for status in [500, 503] {
        for body in ["", r#"{"error":"Internal Server Error"}"#] {
            let error = refused(Answer::status(status).body(body)).await;
            assert!(
                !error.is_outcome_unknown() && error.is_retryable() && !error.needs_login(),
                "{status} {body}: {error:?}"
            );
        }
    }
}

/// A token endpoint has none to show: something before it answers in its place, and may have lost its answer.
#[tokio::test]
async fn a_web_page_is_no_answer_of_the_server() {
    let html = |status| Answer::status(status).header("content-type", "text/html; charset=utf-8");
    let pages = [
        Answer::status(400).body("<html>Bad Request"),
        Answer::status(400).body("\r\n <!DOCTYPE html><title>Request Header Or Cookie Too Large</title>"),
        Answer::status(422).body("<html>"),
        html(400).body("\u{feff}<html>"),
    ];
    for answer in pages {
        let error = refused(answer.clone()).await;
        assert!(error.is_outcome_unknown() && error.is_retryable() && !error.needs_login(), "{answer:?}: {error:?}");
        assert!(error.to_string().contains("stands before the server"), "{error}");
    }
    // The server's own, whatever it calls it.
    let own = [
        html(400).body(r#"{"error":"invalid_grant"}"#),
        html(400),
        Answer::status(400).body("Bad Request"),
        // A program that sets no content type says this.
        html(400).body(r#"{"message":"token expired"}"#),
        html(401).body(r#"{"message":"token expired"}"#),
        html(401).body("Invalid refresh token"),
    ];
    for answer in own {
        let error = refused(answer.clone()).await;
        assert!(error.needs_login() && !error.is_outcome_unknown(), "{answer:?}: {error:?}");
    }
}

#[tokio::test]
async fn further_members_of_an_error_are_kept_without_secrets() {
    let body = json!({
        "error": "invalid_grant", "error_subtype": "invalid_rapt", "error_codes": [50173], "attempt": 2,
        "trace": "for rt-CANARY", "access_token": "CANARY",
    });
    let error = refused(Answer::json(400, &body)).await;
    assert_eq!(error.error_member("error_subtype").unwrap(), "invalid_rapt");
    assert_eq!(error.error_member("attempt"), Some(&Value::from(2)));
    assert_eq!(error.error_member("trace").unwrap(), "for [redacted]");
    assert_eq!((error.error_member("access_token"), error.error_member("error_codes")), (None, None));
}

#[tokio::test]
async fn a_secret_that_was_refused_in_the_header_may_be_wanted_in_the_body() {
    let error = refused(Answer::error(401, "invalid_client")).await;
    assert!(error.to_string().contains("`client_secret_post`"), "{error}");
    let server = Scripted::start([Answer::error(401, "invalid_client")]).await;
    let post = Client::builder().client_id("app").client_secret_post("s3cret-of-app");
    let post = post.token_endpoint(&server.url("/token")).unwrap().build();
    let error = post.client_credentials().get_token().await.unwrap_err();
    assert!(!error.to_string().contains("client_secret_post"), "{error}");
}
