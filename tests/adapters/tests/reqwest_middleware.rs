//! The middleware of `reqwest-middleware`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use bytes::Bytes;
use futures_util::stream;
use grantkit::integrations::reqwest_middleware::AuthorizationMiddleware;
use grantkit::{Credentials, OAuthClient, OAuthToken};
use grantkit_adapter_tests::{Fixture, assert_shows_no_secret};
use http::{HeaderName, HeaderValue};
use reqwest_middleware::{ClientBuilder, ClientWithMiddleware};

fn client(base: &str, credentials: &Credentials) -> ClientWithMiddleware {
    let authorization = AuthorizationMiddleware::new(base, credentials).unwrap();
    ClientBuilder::new(reqwest::Client::new()).with(authorization).build()
}

fn cause(error: &reqwest_middleware::Error) -> &grantkit::Error {
    let reqwest_middleware::Error::Middleware(error) = error else { panic!("{error:?}") };
    error.downcast_ref().unwrap()
}

async fn status(client: &ClientWithMiddleware, url: String) -> u16 {
    client.get(url).send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn the_token_goes_out_is_renewed_when_it_expires_and_when_it_is_refused() {
    let fixture = Fixture::start().await;
    let client = client(&fixture.api.url("v1"), &fixture.credentials);
    assert_eq!(status(&client, fixture.api.url("v1/invoices/42")).await, 200);
    assert_eq!(status(&client, fixture.api.url("v1/invoices/42")).await, 200);
    assert_eq!(fixture.token_requests(), 1);
    fixture.expire();
    assert_eq!(status(&client, fixture.api.url("v1/invoices/42")).await, 200);
    assert_eq!((fixture.token_requests(), fixture.api.counters().rejected), (2, 0));
    fixture.server.revoke_all_access_tokens();
    let post = client.post(fixture.api.url("v1/invoices")).body(r#"{"customer":"Acme"}"#);
    assert_eq!(post.send().await.unwrap().status(), 201);
    assert_eq!((fixture.token_requests(), fixture.api.counters().rejected), (3, 1));
    fixture.api.reject_all(true);
    assert_eq!(status(&client, fixture.api.url("v1/invoices/42")).await, 401);
}

#[tokio::test]
async fn a_body_that_is_a_stream_is_sent_once_and_the_token_renewed() {
    let fixture = Fixture::start().await;
    let client = client(&fixture.api.url("v1"), &fixture.credentials);
    let post = || {
        let body = stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(b"{}"))]);
        client.post(fixture.api.url("v1/invoices")).body(reqwest::Body::wrap_stream(body)).send()
    };
    assert_eq!(post().await.unwrap().status(), 201);
    fixture.server.revoke_all_access_tokens();
    assert_eq!(post().await.unwrap().status(), 401);
    assert_eq!(post().await.unwrap().status(), 201);
    assert_eq!(fixture.token_requests(), 2);
}

#[tokio::test]
async fn the_token_goes_nowhere_but_below_the_base() {
    let (fixture, other) = (Fixture::start().await, Fixture::start().await);
    let client = client(&fixture.api.url("v1/invoices"), &fixture.credentials);
    fixture.credentials.token().await.unwrap();
    for url in
        [other.api.url("v1/invoices/42"), fixture.api.url("v1/whoami"), fixture.api.url("v1/invoices/..%2fwhoami")]
    {
        assert_eq!(status(&client, url).await, 401);
    }
    let requests = [fixture.api.requests(), other.api.requests()].concat();
    assert!(requests.len() == 3 && requests.iter().all(|request| request.header("authorization").is_none()));
}

#[tokio::test]
async fn a_redirect_to_another_server_is_followed_without_the_token() {
    let (fixture, other) = (Fixture::start().await, Fixture::start().await);
    let client = client(&fixture.api.url("v1"), &fixture.credentials);
    let elsewhere = fixture.api.url(&format!("v1/redirect?to={}", other.api.url("v1/invoices/42")));
    // That server wants a token, and gets none; nor is the token renewed for its sake.
    assert_eq!(status(&client, elsewhere).await, 401);
    assert!(fixture.api.requests()[0].header("authorization").is_some());
    assert!(other.api.requests()[0].header("authorization").is_none());
    assert_eq!(fixture.token_requests(), 1);
}

#[tokio::test]
async fn a_redirect_that_takes_the_token_out_of_the_base_is_an_error() {
    let fixture = Fixture::start().await;
    let client = client(&fixture.api.url("v1/redirect"), &fixture.credentials);
    let url = fixture.api.url(&format!("v1/redirect?to={}", fixture.api.url("v1/whoami")));
    let error = client.get(url).send().await.unwrap_err();
    assert!(cause(&error).is_security(), "{error:?}");
}

/// The request that a redirect made is another one, and what it was refused is not done again by sending the first.
#[tokio::test]
async fn a_post_whose_redirect_is_refused_is_not_sent_again() {
    let fixture = Fixture::start().await;
    let client = client(&fixture.api.url("v1"), &fixture.credentials);
    let moved = fixture.api.url("v1/elsewhere");
    fixture.api.faults().always("/v1/orders", grantkit_testkit::Fault::status(303).header("location", &moved));
    fixture.api.faults().always("/v1/elsewhere", grantkit_testkit::Fault::status(401));
    let post = client.post(fixture.api.url("v1/orders")).body("{}").send().await.unwrap();
    assert_eq!(post.status(), 401);
    let paths: Vec<_> = fixture.api.requests().iter().map(|request| request.path.clone()).collect();
    assert_eq!(paths, ["/v1/orders", "/v1/elsewhere"]);
    assert_eq!(fixture.token_requests(), 1);
}

#[tokio::test]
async fn with_the_policy_no_redirect_leads_out_of_the_base_on_the_way() {
    let (fixture, other) = (Fixture::start().await, Fixture::start().await);
    let back = fixture.api.url("v1/echo");
    other.api.faults().always("/collect", grantkit_testkit::Fault::status(302).header("location", &back));
    let away = other.api.url("collect");
    fixture.api.faults().always("/v1/moved", grantkit_testkit::Fault::status(302).header("location", &away));
    fixture.api.faults().always("/v1/near", grantkit_testkit::Fault::status(302).header("location", &back));
    let authorization = AuthorizationMiddleware::new(&fixture.api.url("v1"), Credentials::new(ApiKey)).unwrap();
    let http = reqwest::Client::builder().redirect(authorization.redirect_policy()).build().unwrap();
    let client = ClientBuilder::new(http).with(authorization).build();
    assert_eq!(status(&client, fixture.api.url("v1/moved")).await, 302);
    assert!(other.api.requests().is_empty());
    let near = client.get(fixture.api.url("v1/near")).send().await.unwrap();
    assert_eq!(near.url().path(), "/v1/echo");
}

/// A token of another kind, which stands in a header that reqwest takes along on every redirect.
struct ApiKey;

#[async_trait::async_trait]
impl OAuthClient for ApiKey {
    fn name(&self) -> &'static str {
        "key"
    }

    async fn get_token(&self) -> grantkit::Result<OAuthToken> {
        let key = (HeaderName::from_static("x-api-key"), HeaderValue::from_static("key-1"));
        Ok(OAuthToken::new("key-1")?.without_authorization().with_request_header(key.0, key.1))
    }
}

#[tokio::test]
async fn a_redirect_that_takes_an_api_key_elsewhere_is_an_error() {
    let (fixture, other) = (Fixture::start().await, Fixture::start().await);
    fixture
        .api
        .faults()
        .always("/v1/moved", grantkit_testkit::Fault::status(302).header("location", &other.api.url("v1/echo")));
    let client = client(&fixture.api.url("v1"), &Credentials::new(ApiKey));
    let error = client.get(fixture.api.url("v1/moved")).send().await.unwrap_err();
    assert!(cause(&error).is_security(), "{error:?}");
}

#[tokio::test]
async fn an_error_says_why_there_is_no_token() {
    let fixture = Fixture::start().await;
    let send = |credentials: Credentials| {
        client(&fixture.api.url("v1"), &credentials).get(fixture.api.url("v1/whoami")).send()
    };
    let wrong = send(fixture.wrong_credentials()).await.unwrap_err();
    assert!(wrong.is_middleware() && !wrong.is_connect() && !wrong.is_timeout(), "{wrong:?}");
    assert!(cause(&wrong).is_configuration() && !cause(&wrong).is_retryable(), "{wrong:?}");
    let unreachable = send(fixture.unreachable_credentials()).await.unwrap_err();
    assert!(cause(&unreachable).is_retryable(), "{unreachable:?}");
    assert_eq!(fixture.api.counters().requests, 0);
}

#[tokio::test]
async fn nothing_secret_is_shown() {
    let fixture = Fixture::start().await;
    let authorization = AuthorizationMiddleware::new(&fixture.api.url("v1"), &fixture.credentials).unwrap();
    assert_shows_no_secret(&format!("{authorization:?}"), &fixture.credentials).await;
}
