//! What an API says of an error, for the program to read.

use grantkit::error::ProblemDetails;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::client::api;
use crate::server::{Server, answer};

#[derive(Debug, Deserialize, PartialEq)]
struct Problem {
    code: String,
    fields: Vec<String>,
}

#[tokio::test]
async fn an_error_body_is_read_as_the_program_s_own_type_whichever_call_fails() {
    let server = Server::start(|_| answer(422, r#"{"code":"invalid","fields":["name"],"more":1}"#)).await;
    let api = api(&server.origin);
    let errors = [
        api.get("x").send().await.unwrap_err(),
        api.get("x").fetch::<Value>().await.unwrap_err(),
        api.get("x").paginate::<Value>(grantkit::api::Pagination::link()).fetch_all().await.unwrap_err(),
    ];
    for error in errors {
        let problem: Problem = error.api_error().unwrap();
        assert_eq!(problem, Problem { code: "invalid".into(), fields: vec!["name".into()] });
        assert_eq!(error.api_error::<Value>().unwrap()["more"], 1);
        assert!(error.api_error::<Vec<u8>>().is_none() && error.problem().is_none());
    }
}

#[tokio::test]
async fn problem_details_are_read_as_rfc_9457_has_them() {
    // RFC 9457 §3, figure 1, and a member of a wrong type (§3.1).
    let body = json!({
        "type": "https://example.com/probs/out-of-credit",
        "title": "You do not have enough credit.",
        "detail": "Your current balance is 30,\nbut that costs 50.",
        "instance": "/account/12345/msgs/abc",
        "balance": 30,
        "accounts": ["/account/12345", "/account/67890"],
        "status": "403",
    });
    let server =
        Server::start(move |_| answer(403, body.to_string()).header("content-type", "application/problem+json")).await;
    let error = api(&server.origin).get("x").send().await.unwrap_err();
    let problem = error.problem().unwrap();
    assert_eq!(problem.problem_type, "https://example.com/probs/out-of-credit");
    assert_eq!(problem.title.as_deref(), Some("You do not have enough credit."));
    assert_eq!(problem.detail.as_deref(), Some("Your current balance is 30, but that costs 50."));
    assert_eq!(problem.instance.as_deref(), Some("/account/12345/msgs/abc"));
    assert_eq!(problem.status, None);
    assert_eq!(problem.extensions["balance"], 30);
    assert_eq!(problem.extensions["accounts"][1], "/account/67890");
    assert_eq!(error.api_error::<ProblemDetails>().unwrap(), problem);

    let server = Server::start(|_| answer(404, r#"{"title":"Not Found","status":404}"#)).await;
    let problem = api(&server.origin).get("x").send().await.unwrap_err().problem().unwrap();
    assert_eq!((problem.problem_type.as_str(), problem.status), ("about:blank", Some(404)));
}

#[tokio::test]
async fn secrets_are_struck_out_of_all_that_can_be_read() {
    let server = Server::start(|seen| {
        let token = seen.authorization().to_owned();
        answer(400, json!({ "title": token, "sent": [{ "CANARY-value": "is CANARY-value" }], "n": 7 }).to_string())
    })
    .await;
    let request = api(&server.origin).post("x").json(&json!({ "password": "CANARY-value" }));
    let error = request.send().await.unwrap_err();
    let body: Value = error.api_error().unwrap();
    assert_eq!(body, json!({ "title": "Bearer [redacted]", "sent": [{ "[redacted]": "is [redacted]" }], "n": 7 }));
    let all = format!("{error} {error:?} {:?} {body:?}", error.problem());
    assert!(!all.contains("CANARY") && !all.contains("t1"), "{all}");
}

#[tokio::test]
async fn what_is_too_long_or_no_json_is_none() {
    for body in [
        String::new(),
        "<html>".to_owned(),
        "{\"title\":".to_owned(),
        json!({ "title": "x".repeat(17_000) }).to_string(),
        json!([["x".repeat(1_000_000)]]).to_string(),
    ] {
        let server = Server::start(move |_| answer(500, body.as_str())).await;
        let error = api(&server.origin).get("x").send().await.unwrap_err();
        assert!(error.api_error::<Value>().is_none() && error.problem().is_none(), "{error}");
        assert!(error.to_string().len() < 500, "{error}");
    }
}

/// .NET and PHP servers write one.
#[tokio::test]
async fn a_byte_order_mark_spoils_no_answer() {
    let server = Server::start(|seen| {
        let marked = |status, body: &str| answer(status, format!("\u{feff}{body}"));
        match seen.target.as_str() {
            "/problem" => marked(422, r#"{"code":"invalid","fields":[],"title":"Invalid"}"#),
            "/page" => marked(200, r#"{"items":[1,2]}"#),
            "/list" => marked(200, "[3]"),
            _ => marked(200, r#"{"code":"a","fields":["b"]}"#),
        }
    })
    .await;
    let api = api(&server.origin);
    let fetched: Problem = api.get("one").fetch().await.unwrap();
    assert_eq!(fetched.fields, ["b"]);
    let answered: Problem = api.get("one").send().await.unwrap().json().await.unwrap();
    assert_eq!(answered, fetched);
    let error = api.get("problem").send().await.unwrap_err();
    assert_eq!(error.api_error::<Problem>().unwrap().code, "invalid");
    assert_eq!(error.problem().unwrap().title.as_deref(), Some("Invalid"));
    let pages = |items: Option<&'static str>| {
        let pages = grantkit::api::Pagination::link();
        items.into_iter().fold(pages, grantkit::api::Pagination::items_at)
    };
    assert_eq!(api.get("page").paginate::<u8>(pages(Some("/items"))).fetch_all().await.unwrap(), [1, 2]);
    assert_eq!(api.get("list").paginate::<u8>(pages(None)).fetch_all().await.unwrap(), [3]);
    let error = api.get("page").paginate::<u8>(pages(None)).fetch_all().await.unwrap_err();
    assert!(error.to_string().contains(".items_at("), "{error}");
}
