use grantkit::ApiClient;
use grantkit::api::Pagination;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue, Method};

use crate::client::{Numbered, api};
use crate::server::Server;

#[tokio::test]
async fn a_request_has_the_token_and_our_name() {
    let server = Server::content().await;
    api(&server.origin).get("x").send().await.unwrap();
    let seen = server.only();
    assert_eq!(seen.authorization(), "Bearer t1");
    assert_eq!(seen.header("user-agent"), Some(concat!("grantkit/", env!("CARGO_PKG_VERSION"))));
    assert_eq!(seen.header("content-type"), None);
}

/// A server that has a PDF answers 406 to who accepts JSON alone.
#[tokio::test]
async fn a_request_accepts_what_its_answer_is_read_as() {
    let server = Server::content().await;
    let api = api(&server.origin);
    let _ = api.get("x").fetch::<serde_json::Value>().await;
    let _ = api.get("x").paginate::<serde_json::Value>(Pagination::link()).next().await;
    let _ = api.get("x").fetch_text().await;
    let _ = api.get("x").fetch_bytes().await;
    api.get("x").send().await.unwrap();
    let _ = api.get("x").header("accept", "text/csv").fetch_text().await;
    let seen = server.seen();
    let accepted: Vec<_> = seen.iter().map(|seen| seen.header("accept").unwrap_or_default()).collect();
    let json = "application/json";
    assert_eq!(accepted, [json, json, "*/*", "*/*", "application/json, */*;q=0.5", "text/csv"]);
}

#[tokio::test]
async fn every_method() {
    let server = Server::content().await;
    let api = api(&server.origin);
    for request in [api.get("x"), api.post("x"), api.put("x"), api.patch("x"), api.delete("x"), api.head("x")] {
        request.send().await.unwrap();
    }
    api.request(Method::from_bytes(b"PURGE").unwrap(), "x").send().await.unwrap();
    let methods: Vec<_> = server.seen().into_iter().map(|seen| seen.method).collect();
    assert_eq!(methods, ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "PURGE"]);
}

#[tokio::test]
async fn the_request_s_headers_win() {
    let server = Server::content().await;
    let api = ApiClient::builder(&server.origin, Numbered::new().credentials())
        .default_header("accept", "application/vnd.acme+json")
        .default_header("x-tenant", "default")
        .build()
        .unwrap();
    let _ = api.get("x").fetch_text().await;
    api.get("x").header("x-tenant", "a").header("X-Tenant", "b").header("accept", "text/csv").send().await.unwrap();
    api.patch("x").header("content-type", "application/merge-patch+json").json(&1).send().await.unwrap();
    api.patch("x").json(&1).header("content-type", "application/json-patch+json").send().await.unwrap();
    let seen = server.seen();
    assert_eq!(
        (seen[0].header("accept"), seen[0].header("x-tenant")),
        (Some("application/vnd.acme+json"), Some("default"))
    );
    assert_eq!((seen[1].header("accept"), seen[1].header("x-tenant")), (Some("text/csv"), Some("b")));
    assert_eq!(seen[2].header("content-type"), Some("application/merge-patch+json"));
    assert_eq!(seen[3].header("content-type"), Some("application/json-patch+json"));
}

#[tokio::test]
async fn authorization_and_host_are_not_the_caller_s_to_set() {
    let server = Server::content().await;
    for (name, value) in
        [("Authorization", "Bearer canary"), ("authorization", "Basic canary"), ("host", "canary.example")]
    {
        let error = api(&server.origin).get("x").header(name, value).send().await.unwrap_err();
        assert!(error.is_configuration() && !format!("{error} {error:?}").contains("canary"), "{error:?}");
        let builder = ApiClient::builder(&server.origin, Numbered::new().credentials());
        assert!(builder.default_header(name, value).build().unwrap_err().is_configuration());
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_header_that_cannot_be_sent_is_reported_when_it_would_be() {
    let server = Server::content().await;
    let api = api(&server.origin);
    let error = api.get("x").header("x-key", "canary\r\nx-injected: 1").send().await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("`x-key`") && !error.to_string().contains("canary"));
    assert!(api.get("x").header("bad name", "1").send().await.unwrap_err().is_configuration());
    // The first mistake is reported.
    let error = api.get("../x").header("bad name", "1").send().await.unwrap_err();
    assert!(error.to_string().contains("would leave"), "{error}");
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn an_http_client_of_one_s_own() {
    let server = Server::content().await;
    let http =
        reqwest::Client::builder().user_agent("billing/1.0").redirect(reqwest::redirect::Policy::none()).no_proxy();
    let api = ApiClient::builder(&server.origin, Numbered::new().credentials())
        .http_client(http.build().unwrap())
        .build()
        .unwrap();
    api.get("x").send().await.unwrap();
    assert_eq!(server.only().header("user-agent"), Some("billing/1.0"));
    assert_eq!(server.only().authorization(), "Bearer t1");
}

#[tokio::test]
async fn headers_are_set_all_at_once_and_none_that_is_not_the_caller_s() {
    let server = Server::content().await;
    let api = api(&server.origin);
    let mut headers = HeaderMap::new();
    headers.insert("accept", HeaderValue::from_static("text/csv"));
    headers.append("x-tag", HeaderValue::from_static("a"));
    headers.append("x-tag", HeaderValue::from_static("b"));
    api.get("x").header("x-tag", "old").headers(headers).await.unwrap();
    assert_eq!(server.only().header("accept"), Some("text/csv"));
    let tags: Vec<_> = server.only().headers.into_iter().filter(|(name, _)| name == "x-tag").collect();
    assert_eq!(tags, ["a", "b"].map(|value| ("x-tag".to_owned(), value.to_owned())));
    let given = HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_static("Bearer canary"))]);
    let error = api.get("x").headers(given).await.unwrap_err();
    assert!(error.is_configuration() && !format!("{error} {error:?}").contains("canary"), "{error:?}");
}
