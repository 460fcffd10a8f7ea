//! Fixed headers, time-outs, and methods named by reserved words.

use std::net::TcpListener;
use std::time::Duration;

use grantkit::prelude::*;
use httpmock::prelude::*;

use crate::credentials;

const MOMENT: Duration = Duration::from_millis(1);

#[api(base = "https://api.acme.dev/v1", headers("Accept" = "application/vnd.acme+json", "X-Version" = "2"))]
trait Reports {
    #[get("/reports")]
    async fn all(&self) -> Result<String>;
    #[get("/reports/{type}", headers("accept" = "text/csv"))]
    async fn r#type(&self, r#type: &str, #[header("x-version")] version: Option<u16>) -> Result<String>;
    #[get("/slow", timeout = MOMENT * 50)]
    async fn slow(&self) -> Result<String>;
}

async fn client() -> (&'static MockServer, ReportsClient) {
    let server = grantkit_integration_tests::support::mock_server().await;
    let client = ReportsClient::with_base(&server.url("/v1"), credentials()).unwrap();
    (server, client)
}

/// Each request is answered where its headers are these, and not otherwise.
async fn answers(server: &MockServer, path: &str, headers: [(&str, &str); 2]) {
    server
        .mock_async(|when, then| {
            headers.iter().fold(when.path(path), |when, (name, value)| when.header(*name, *value));
            then.status(200).body("report");
        })
        .await;
}

#[tokio::test]
async fn headers_of_the_trait_are_in_every_request() {
    let (server, api) = client().await;
    answers(server, "/v1/reports", [("accept", "application/vnd.acme+json"), ("x-version", "2")]).await;
    assert_eq!(api.all().await.unwrap(), "report");
}

#[tokio::test]
async fn those_of_a_method_and_its_arguments_take_their_place() {
    let (server, api) = client().await;
    answers(server, "/v1/reports/sales", [("accept", "text/csv"), ("x-version", "2")]).await;
    answers(server, "/v1/reports/costs", [("accept", "text/csv"), ("x-version", "3")]).await;
    assert_eq!(api.r#type("sales", None).await.unwrap(), "report");
    assert_eq!(api.r#type("costs", Some(3)).await.unwrap(), "report");
}

#[tokio::test]
async fn a_method_has_its_own_limit_of_time() {
    // Connections wait in its queue, and get no answer.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}/v1", silent.local_addr().unwrap());
    let api = ReportsClient::with_base(&base, credentials()).unwrap();
    let error = api.slow().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
}
