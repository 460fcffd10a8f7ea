//! Where the arguments go: the exact request.

use grantkit::Result;
use grantkit::api;
use grantkit::api::ApiResponse;
use httpmock::Method::HEAD;
use httpmock::prelude::*;
use serde::Serialize;

use crate::credentials;

#[derive(Serialize)]
struct Filter<'a> {
    state: &'a str,
    after: Option<u32>,
    tag: Vec<&'a str>,
}

#[derive(Serialize)]
struct New<'a> {
    customer: &'a str,
}

#[api(base = "https://api.acme.dev/v1")]
trait Everything {
    #[get("/invoices/{id}/lines/{line}")]
    async fn path(&self, line: u32, id: &str) -> Result<()>;
    #[get("/operations/{id}:cancel?force=true")]
    async fn within_a_segment(&self, id: u64) -> Result<()>;
    #[get]
    async fn base(&self) -> Result<()>;
    #[get("/")]
    async fn folder(&self) -> Result<()>;
    #[get("/invoices")]
    async fn query(&self, #[query] filter: &Filter<'_>) -> Result<()>;
    #[get("/invoices?archived=no")]
    async fn parameters(
        &self,
        #[query] state: Option<&str>,
        #[query("page[size]")] size: u32,
        #[query] tags: &[&str],
        #[query] filter: Option<&Filter<'_>>,
    ) -> Result<()>;
    #[post("/invoices")]
    async fn json(&self, #[json] new: &New<'_>, #[header("Idempotency-Key")] key: Option<&str>) -> Result<()>;
    #[put("/invoices/{id}")]
    async fn optional_json(&self, id: u64, #[json] new: Option<New<'_>>) -> Result<()>;
    #[post("/form")]
    async fn form(&self, #[form] new: New<'_>) -> Result<()>;
    #[patch("/text")]
    async fn text(&self, #[body] text: &str, #[header("Content-Type")] content_type: &'static str) -> Result<()>;
    #[patch("/bytes")]
    async fn bytes(&self, #[body] bytes: Vec<u8>) -> Result<()>;
    #[delete("/invoices/{id}")]
    async fn delete(&self, id: u64) -> Result<()>;
    #[head("/invoices/{type}")]
    async fn head(&self, r#type: &str) -> Result<ApiResponse>;
    /// Arguments that are called as the generated code could call its own.
    #[post("/names/{request}/{value}/{api}")]
    async fn names(&self, request: u8, value: u8, api: u8, #[json] client: Option<u8>) -> Result<()>;
}

async fn client() -> (&'static MockServer, EverythingClient) {
    let server = grantkit_integration_tests::support::mock_server().await;
    let client = EverythingClient::with_base(&server.url("/v1"), credentials()).unwrap();
    (server, client)
}

/// Answers to this method and path, and to what else `when` says, and to nothing else.
macro_rules! sent {
    ($client:ident . $call:ident ( $($argument:expr),* ) => $method:ident $path:literal $(, $check:ident ( $($value:expr),* ))*) => {{
        let (server, $client) = client().await;
        let mock = server
            .mock_async(|when, then| {
                let _ = when.method($method).path($path).header("authorization", "Bearer fixed")$(.$check($($value),*))*;
                then.status(200);
            })
            .await;
        let outcome = $client.$call($($argument),*).await;
        assert!(outcome.is_ok(), "{:?}", outcome.map(drop));
        mock.assert_async().await;
    }};
}

#[tokio::test]
async fn values_in_the_path_stay_in_their_segment() {
    sent!(api.path(7, "a/b?c") => GET "/v1/invoices/a%2Fb%3Fc/lines/7");
    sent!(api.within_a_segment(42) => GET "/v1/operations/42:cancel", query_param("force", "true"));
    sent!(api.head("a b") => HEAD "/v1/invoices/a%20b");
    sent!(api.base() => GET "/v1");
    sent!(api.folder() => GET "/v1/");
    sent!(api.delete(42) => DELETE "/v1/invoices/42");
}

#[tokio::test]
async fn a_value_that_makes_another_path_is_an_error_that_names_it() {
    let (_server, api) = client().await;
    for id in ["", "..", "%2e%2e", "../x"] {
        let error = api.path(1, id).await.unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains("`id`"), "{error}");
    }
}

#[tokio::test]
async fn a_struct_or_single_parameters_are_the_query() {
    let filter = Filter { state: "open", after: None, tag: vec!["eu", "b2b"] };
    sent!(api.query(&filter) => GET "/v1/invoices", query_param("state", "open"), query_param("tag", "eu"),
        query_param("tag", "b2b"), query_param_missing("after"));
    sent!(api.parameters(Some("a b&c"), 20, &["x", "y"], None) => GET "/v1/invoices", query_param("archived", "no"),
        query_param("state", "a b&c"), query_param("page[size]", "20"), query_param("tags", "x"), query_param("tags", "y"));
    sent!(api.parameters(None, 20, &[], Some(&filter)) => GET "/v1/invoices", query_param("state", "open"),
        query_param_missing("tags"));
}

#[tokio::test]
async fn bodies_and_headers() {
    let new = New { customer: "Acme" };
    sent!(api.json(&new, Some("7")) => POST "/v1/invoices", header("content-type", "application/json"),
        body(r#"{"customer":"Acme"}"#), header("idempotency-key", "7"));
    sent!(api.json(&new, None) => POST "/v1/invoices", header_missing("idempotency-key"));
    sent!(api.optional_json(7, Some(New { customer: "Acme" })) => PUT "/v1/invoices/7", body(r#"{"customer":"Acme"}"#));
    sent!(api.optional_json(7, None) => PUT "/v1/invoices/7", body(""), header_missing("content-type"));
    sent!(api.form(New { customer: "A&B" }) => POST "/v1/form", body("customer=A%26B"),
        header("content-type", "application/x-www-form-urlencoded"));
    sent!(api.text("a text", "text/plain") => PATCH "/v1/text", body("a text"), header("content-type", "text/plain"));
    sent!(api.bytes(vec![65, 66]) => PATCH "/v1/bytes", body("AB"));
    sent!(api.names(1, 2, 3, Some(4)) => POST "/v1/names/1/2/3", body("4"));
}
