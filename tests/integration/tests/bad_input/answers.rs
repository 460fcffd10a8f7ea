//! Answers of the token endpoint that give no token.

use grantkit_testkit::Fault;
use serde_json::json;

use crate::support::{Answer, RawServer, Scripted, all_said, billing, client_at, server, unguarded_client_at, verdict};

async fn answered(answer: Answer) -> grantkit::Error {
    let server = Scripted::start([answer]).await;
    let error = unguarded_client_at(&server.url("/token")).client_credentials().get_token().await.unwrap_err();
    assert_eq!(server.count(), 1, "{error}");
    error
}

#[tokio::test]
async fn an_answer_that_is_no_token_is_said_to_be_none() {
    let wrong = [
        ("<!doctype html><title>Sign in</title>", "is the URL right?"),
        ("", "an empty body"),
        ("  \n", "an empty body"),
        ("access_token=CANARY&token_type=bearer", "is the URL right?"),
        ("CANARY.is-a.jwt", "is the URL right?"),
        (r#"{"access_token":"CANARY","token_ty"#, "cut off"),
        (r#"{"access_token":"CANARY""#, "cut off"),
        (r#"[{"access_token":"CANARY"}]"#, "RFC 6749"),
        (r#""CANARY""#, "RFC 6749"),
        ("null", "RFC 6749"),
        ("42", "RFC 6749"),
        ("{}", "`access_token`"),
        (r#"{"access_token":null,"token_type":"Bearer"}"#, "`access_token`"),
        (r#"{"token":"CANARY","token_type":"Bearer"}"#, "`access_token`"),
        (r#"{"access_token":"","token_type":"Bearer"}"#, "`access_token` that is empty"),
        (r#"{"access_token":["CANARY"]}"#, "`access_token` that is not text"),
        (r#"{"access_token":"CANARY","access_token":"CANARY"}"#, "RFC 6749"),
        (r#"{"access_token":"CANARY with space","token_type":"Bearer"}"#, "character"),
        ("{\"access_token\":\"CANARY\\u000ax: y\",\"token_type\":\"Bearer\"}", "character"),
        ("{\"access_token\":\"CANARY-ä\",\"token_type\":\"Bearer\"}", "character"),
        (r#"{"access_token":"CANARY","token_type":"mac"}"#, "token_type"),
        (r#"{"access_token":"CANARY","token_type":"N_A"}"#, "token_type"),
        (r#"{"access_token":"CANARY","token_type":""}"#, "danger_accept_missing_token_type"),
        (r#"{"access_token":"CANARY"}"#, "danger_accept_missing_token_type"),
        (r#"{"access_token":"CANARY","token_type":null}"#, "danger_accept_missing_token_type"),
        (r#"{"access_token":"CANARY","token_type":"Bearer "}"#, "token_type"),
        (r#"{"access_token":"CANARY","token_type":1}"#, "`token_type` that is not text"),
        (r#"{"access_token":"CANARY","token_type":"DPoP"}"#, "DPoP"),
        (r#"{"access_token":"CANARY","token_type":"dpop"}"#, "DPoP"),
    ];
    for (body, said) in wrong {
        let error = answered(Answer::status(200).body(body)).await;
        assert_eq!(verdict(&error), ["invalid response"], "{body}");
        assert!(error.to_string().contains(said), "{body}: {error}");
        assert!(!all_said(&error).contains("CANARY"), "{error:?}");
    }
}

#[tokio::test]
async fn a_token_type_is_read_without_regard_to_case() {
    for token_type in ["Bearer", "bearer", "BEARER"] {
        let body = json!({ "access_token": "t", "token_type": token_type });
        let server = Scripted::start([Answer::json(200, &body)]).await;
        let token = client_at(&server.url("/token")).client_credentials().get_token().await.unwrap();
        assert_eq!(token.authorization_header(), "Bearer t");
        assert!(token.authorization_header().is_sensitive());
    }
}

#[tokio::test]
async fn unknown_members_are_kept_and_nulls_are_nothing() {
    let body = json!({
        "access_token": "t", "token_type": "Bearer", "refresh_token": null, "scope": null, "id_token": null, "expires_in": null,
        "ext": { "a": [1, 2] },
    });
    let server = Scripted::start([Answer::json(200, &body)]).await;
    let token = client_at(&server.url("/token")).client_credentials().get_token().await.unwrap();
    assert_eq!(token.extra()["ext"]["a"][1], 2);
    assert!(token.refresh_token().is_none() && token.scope().is_none() && token.expires_at().is_none());
    // How a few servers say "none".
    server
        .now_answer([Answer::json(200, &json!({ "access_token": "t", "token_type": "Bearer", "refresh_token": "" }))]);
    let token = client_at(&server.url("/token")).client_credentials().get_token().await.unwrap();
    assert!(token.refresh_token().is_none());
}

#[tokio::test]
async fn an_optional_member_of_a_wrong_type_counts_as_absent() {
    let body = json!({
        "access_token": "t", "token_type": "Bearer", "refresh_token": 7, "scope": ["read", "write"], "id_token": {},
        "expires_in": "soon",
    });
    // With the byte-order mark that some servers write.
    let server = Scripted::start([Answer::status(200).body(format!("\u{feff}{body}"))]).await;
    let token = client_at(&server.url("/token")).client_credentials().get_token().await.unwrap();
    assert_eq!(token.scope(), Some("read write"));
    assert!(token.refresh_token().is_none() && token.id_token().is_none() && token.expires_at().is_none());
}

#[tokio::test]
async fn every_error_code_answers_the_questions() {
    let codes = [
        ("invalid_request", vec!["configuration"]),
        ("invalid_client", vec!["configuration"]),
        ("invalid_grant", vec!["needs login"]),
        ("unauthorized_client", vec!["configuration"]),
        ("unsupported_grant_type", vec!["configuration"]),
        ("invalid_scope", vec!["configuration"]),
        ("invalid_target", vec!["configuration"]),
        ("temporarily_unavailable", vec!["retryable"]),
        ("server_error", vec!["retryable"]),
        ("access_denied", vec![]),
        ("made_up_by_the_server", vec![]),
    ];
    for (code, expected) in codes {
        // Some servers say 200 and put the error into the body.
        for status in [400, 401, 200] {
            let body = json!({ "error": code, "error_description": "because", "error_uri": "https://as.example/why" });
            let error = answered(Answer::json(status, &body)).await;
            assert_eq!(verdict(&error), expected, "{code} {status}");
            assert_eq!((error.oauth_code(), error.error_description()), (Some(code), Some("because")));
            assert_eq!(error.error_uri(), Some("https://as.example/why"));
            assert_eq!(error.status().unwrap(), status);
            for said in [code, "because", "https://as.example/why"] {
                assert!(error.to_string().contains(said), "{error}");
            }
        }
    }
}

#[tokio::test]
async fn an_error_beside_a_token_is_an_error() {
    let body = json!({ "access_token": "CANARY", "error": "invalid_grant" });
    assert_eq!(verdict(&answered(Answer::json(200, &body)).await), ["needs login"]);
    // Whatever else is wrong with it.
    let twice = r#"{"x":1,"access_token":"CANARY","x":2,"err\u006fr":"invalid_grant"}"#;
    assert_eq!(verdict(&answered(Answer::status(200).body(twice)).await), ["needs login"]);
    for odd in [json!({ "code": 7 }), json!(true), json!(["x"]), json!(5)] {
        let body = json!({ "access_token": "CANARY", "refresh_token": "CANARY", "error": odd });
        let error = answered(Answer::json(200, &body)).await;
        assert_eq!(verdict(&error), ["invalid response"], "{body}");
        assert!(!all_said(&error).contains("CANARY"), "{error:?}");
    }
    // How servers say that there is none.
    for none in [json!(null), json!(""), json!(false), json!([]), json!({})] {
        let body = json!({ "access_token": "t", "token_type": "Bearer", "error": none });
        let server = Scripted::start([Answer::json(200, &body)]).await;
        client_at(&server.url("/token")).client_credentials().get_token().await.unwrap();
    }
}

#[tokio::test]
async fn an_error_status_without_an_oauth_error_says_what_is_there_instead() {
    for (status, expected) in [
        (400, vec![]),
        (401, vec![]),
        (403, vec![]),
        (404, vec!["invalid response"]),
        (405, vec!["invalid response"]),
        (410, vec!["invalid response"]),
        (408, vec!["retryable"]),
        (429, vec!["retryable"]),
        (500, vec!["retryable"]),
        (501, vec![]),
        (502, vec!["retryable"]),
        (503, vec!["retryable"]),
        (504, vec!["retryable"]),
        (599, vec!["retryable"]),
    ] {
        let error = answered(Answer::status(status).body("<html>\n<h1>Nope")).await;
        assert_eq!(verdict(&error), expected, "{status}");
        assert_eq!(error.status().unwrap(), status);
        let text = error.to_string();
        assert!(text.contains(&status.to_string()) && text.contains("<html> <h1>Nope"), "{error}");
        assert!(text.contains("token endpoint"), "{error}");
        assert_eq!(text.contains("is the URL right?"), matches!(status, 404 | 405 | 410), "{error}");
    }
}

#[tokio::test]
async fn a_failing_gateway_that_passes_tokens_on_is_not_quoted() {
    for body in [
        r#"{"access_token":"CANARY"#,
        r#"{"refresh_token" : "CANARY"}"#,
        "x=1&access_token=CANARY",
        r#"\"id_token\":\"CANARY\""#,
    ] {
        let error = answered(Answer::status(502).body(body)).await;
        assert_eq!(verdict(&error), ["retryable"]);
        assert!(!all_said(&error).contains("CANARY"), "{error:?}");
    }
    // The word alone is no token.
    let error = answered(Answer::status(400).body("the refresh_token is missing")).await;
    assert!(error.to_string().contains("the refresh_token is missing"), "{error}");
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_says_so() {
    for status in [301, 302, 303, 307, 308] {
        let server = Scripted::start([Answer::status(status).header("location", "/token2"), Answer::token("t")]).await;
        let error = client_at(&server.url("/token")).client_credentials().get_token().await.unwrap_err();
        assert_eq!(verdict(&error), ["invalid response"]);
        assert!(error.to_string().contains("redirect"), "{error}");
        assert_eq!((server.count(), error.status().unwrap().as_u16()), (1, status));
    }
}

#[tokio::test]
async fn bytes_that_are_no_text_are_no_answer() {
    for body in [
        b"\xff\xfe\x00\x01".to_vec(),
        b"{\"access_token\":\"\xff\xff\"}".to_vec(),
        b"\x1f\x8b\x08\x00 looks like gzip".to_vec(),
        b"\xef\xbb\xbf<html>".to_vec(),
        vec![0; 1000],
    ] {
        for status in [200, 400] {
            let error = answered(Answer::status(status).body(body.clone())).await;
            assert_eq!(verdict(&error), if status == 200 { vec!["invalid response"] } else { vec![] });
            assert!(!error.to_string().chars().any(char::is_control), "{error}");
        }
    }
}

#[tokio::test]
async fn json_of_any_depth_is_no_danger() {
    for depth in [127, 200, 100_000] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let nested = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            for body in [
                nested.clone(),
                format!(r#"{{"access_token":"t","token_type":"Bearer","x":{nested}}}"#),
                open.repeat(depth),
            ] {
                let error = answered(Answer::status(200).body(body)).await;
                assert_eq!(verdict(&error), ["invalid response"], "{depth}");
            }
        }
    }
}

#[tokio::test]
async fn an_error_text_of_many_lines_and_colours_is_one_line() {
    let body = json!({ "error": "bad\u{1b}[31m", "error_description": format!("a\r\nb\u{7}{}", "x".repeat(5000)) });
    let error = answered(Answer::json(400, &body)).await;
    let text = error.to_string();
    assert!(text.len() < 600 && text.ends_with('…') && !text.chars().any(char::is_control), "{text:?}");
}

#[tokio::test]
async fn header_bombs_are_refused_and_not_asked_for_again() {
    let many: String = (0..5000).fold(String::new(), |all, n| all + &format!("x-{n}: y\r\n"));
    let long = format!("x: {}\r\n", "y".repeat(2 * 1024 * 1024));
    for headers in [many, long] {
        let answer = format!("HTTP/1.1 200 OK\r\n{headers}content-length: 2\r\n\r\n{{}}");
        let server = RawServer::start(answer).await;
        let error = client_at(&server.url("/token")).client_credentials().get_token().await.unwrap_err();
        assert!(error.is_retryable() || error.is_invalid_response(), "{error:?}");
        assert_eq!(server.connections(), 1);
    }
}

#[tokio::test]
async fn an_answer_that_is_not_http_is_refused() {
    for answer in ["SSH-2.0-OpenSSH_9.6\r\n", "\r\n\r\n\r\n", "HTTP/9.9 200\r\n\r\n", "HTTP/1.1 999999 X\r\n\r\n", ""] {
        let server = RawServer::start(answer).await;
        let error = client_at(&server.url("/token")).client_credentials().get_token().await.unwrap_err();
        assert_eq!(verdict(&error), ["retryable"], "{answer}");
        assert!(error.to_string().contains("127.0.0.1"), "{error}");
        // Where nothing was said, the connection was lost.
        let tries = if answer.trim().is_empty() { 2 } else { 1 };
        assert_eq!(server.connections(), tries, "{answer}");
    }
}

#[tokio::test]
async fn an_answer_cut_off_on_the_way_is_an_interruption() {
    let server = server().await;
    server.faults().next("/token", 2, Fault::truncate_body(10));
    let error = billing(&server).client_credentials().get_token().await.unwrap_err();
    assert_eq!(verdict(&error), ["retryable"]);
    assert!(error.to_string().contains("broke before the answer was complete"), "{error}");
    assert_eq!(server.counters().token_requests, 2, "once more, as nothing is spent");
}
