//! What a method makes of the answer.

use bytes::Bytes;
use grantkit::api;
use grantkit::api::ApiResponse;
use httpmock::prelude::*;
use serde::Deserialize;

use crate::credentials;

#[derive(Debug, Deserialize, PartialEq)]
struct Invoice {
    id: String,
}

/// An error of a program's own.
#[derive(Debug)]
struct OwnError(grantkit::Error);

impl From<grantkit::Error> for OwnError {
    fn from(error: grantkit::Error) -> Self {
        Self(error)
    }
}

#[derive(Debug, Deserialize, PartialEq)]
struct Problem {
    code: u32,
}

#[api(base = "https://api.acme.dev", error = Problem)]
trait Answers {
    #[get("/answer")]
    async fn json(&self) -> grantkit::Result<Invoice>;
    #[get("/answer")]
    async fn list(&self) -> grantkit::Result<Vec<Invoice>>;
    #[get("/answer")]
    async fn nothing(&self) -> grantkit::Result<()>;
    #[get("/answer")]
    async fn text(&self) -> grantkit::Result<String>;
    #[get("/answer")]
    async fn bytes(&self) -> grantkit::Result<Bytes>;
    #[get("/answer")]
    async fn byte_vec(&self) -> grantkit::Result<Vec<u8>>;
    #[get("/answer")]
    async fn whole(&self) -> grantkit::Result<ApiResponse>;
    #[get("/answer")]
    async fn own_error(&self) -> Result<Invoice, OwnError>;
}

async fn client(status: u16, body: &str) -> (&'static MockServer, AnswersClient) {
    let server = grantkit_integration_tests::support::mock_server().await;
    server
        .mock_async(|when, then| {
            let _ = when.path("/answer");
            then.status(status).header("x-total", "7").body(body);
        })
        .await;
    let client = AnswersClient::with_base(&server.base_url(), credentials()).unwrap();
    (server, client)
}

#[tokio::test]
async fn of_a_success() {
    let (_server, api) = client(200, r#"{"id":"42"}"#).await;
    let invoice = Invoice { id: "42".to_owned() };
    assert_eq!(api.json().await.unwrap(), invoice);
    assert_eq!(api.own_error().await.unwrap(), invoice);
    assert_eq!(api.text().await.unwrap(), r#"{"id":"42"}"#);
    assert_eq!(api.bytes().await.unwrap(), r#"{"id":"42"}"#);
    assert_eq!(api.byte_vec().await.unwrap(), br#"{"id":"42"}"#);
    api.nothing().await.unwrap();
    assert!(api.list().await.unwrap_err().is_invalid_response());
    let answer = api.whole().await.unwrap();
    assert_eq!(answer.headers()["x-total"], "7");
    assert_eq!(answer.json::<Invoice>().await.unwrap(), invoice);
}

#[tokio::test]
async fn an_error_of_the_api_is_one_of_the_method() {
    let (_server, api) = client(404, "no such invoice").await;
    let not_found = Some(404);
    let status = |error: &grantkit::Error| error.status().map(|status| status.as_u16());
    assert_eq!(status(&api.json().await.unwrap_err()), not_found);
    assert_eq!(status(&api.nothing().await.unwrap_err()), not_found);
    assert_eq!(status(&api.text().await.unwrap_err()), not_found);
    assert_eq!(status(&api.whole().await.unwrap_err()), not_found);
    assert_eq!(status(&api.own_error().await.unwrap_err().0), not_found);
}

#[tokio::test]
async fn the_body_of_an_error_is_read_as_the_type_that_is_named() {
    let (_server, api) = client(422, r#"{"code":17}"#).await;
    assert_eq!(AnswersClient::api_error(&api.json().await.unwrap_err()), Some(Problem { code: 17 }));
    assert_eq!(AnswersClient::api_error(&api.own_error().await.unwrap_err().0), Some(Problem { code: 17 }));
    let (_server, api) = client(422, "no JSON").await;
    assert_eq!(AnswersClient::api_error(&api.json().await.unwrap_err()), None);
    assert_eq!(AnswersClient::api_error(&grantkit::Error::configuration("of the program")), None);
}
