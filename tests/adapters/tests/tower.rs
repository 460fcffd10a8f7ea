//! The layer on hyper-util's client, and on services that do what a real one seldom does.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use grantkit::integrations::tower::{
    Authorization, AuthorizationLayer, BoxError, Replay, ReplayCloned, ReplayEmpty, ReplayNever,
};
use grantkit::keys::DpopKey;
use grantkit::{Client as OAuth, Credentials};
use grantkit_adapter_tests::{Fixture, assert_shows_no_secret, cause};
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tower::{Layer, Service, ServiceExt};

type Hyper<R> = Authorization<Client<HttpConnector, Full<Bytes>>, R>;

fn hyper<R: Replay<Full<Bytes>>>(base: &str, credentials: &Credentials, replay: R) -> Hyper<R> {
    let client = Client::builder(TokioExecutor::new()).build_http();
    AuthorizationLayer::new(base, credentials).unwrap().replay(replay).layer(client)
}

fn get(url: &str) -> Request<Full<Bytes>> {
    Request::get(url).body(Full::default()).unwrap()
}

fn post(url: &str) -> Request<Full<Bytes>> {
    Request::post(url).body(Full::from(r#"{"customer":"Acme"}"#)).unwrap()
}

async fn status<R: Replay<Full<Bytes>>>(client: &Hyper<R>, request: Request<Full<Bytes>>) -> StatusCode {
    client.clone().oneshot(request).await.unwrap().status()
}

#[tokio::test]
async fn the_token_goes_out_and_is_asked_for_once() {
    let fixture = Fixture::start().await;
    let client = hyper(&fixture.api.url("v1"), &fixture.credentials, ReplayEmpty);
    for _ in 0..3 {
        assert_eq!(status(&client, get(&fixture.api.url("v1/invoices/42"))).await, 200);
        assert_eq!(status(&client, post(&fixture.api.url("v1/invoices"))).await, 201);
    }
    assert_eq!(fixture.token_requests(), 1);
}

#[tokio::test]
async fn a_token_that_has_expired_is_renewed_before_the_request() {
    let fixture = Fixture::start().await;
    let client = hyper(&fixture.api.url("v1"), &fixture.credentials, ReplayEmpty);
    assert_eq!(status(&client, get(&fixture.api.url("v1/invoices/42"))).await, 200);
    fixture.expire();
    assert_eq!(status(&client, get(&fixture.api.url("v1/invoices/42"))).await, 200);
    assert_eq!((fixture.token_requests(), fixture.api.counters().rejected), (2, 0));
}

#[tokio::test]
async fn rejected_token_is_refreshed_once_and_the_request_sent_again() {
    let fixture = Fixture::start().await;
    let client = hyper(&fixture.api.url("v1"), &fixture.credentials, ReplayCloned);
    assert_eq!(status(&client, post(&fixture.api.url("v1/invoices"))).await, 201);
    fixture.server.revoke_all_access_tokens();
    assert_eq!(status(&client, post(&fixture.api.url("v1/invoices"))).await, 201);
    assert_eq!((fixture.token_requests(), fixture.api.counters().rejected), (2, 1));
    let last = fixture.api.requests().pop().unwrap();
    assert_eq!(last.body, r#"{"customer":"Acme"}"#);
}

#[tokio::test]
async fn an_api_that_refuses_every_token_leads_to_one_renewal() {
    let fixture = Fixture::start().await;
    fixture.api.reject_all(true);
    let client = hyper(&fixture.api.url("v1"), &fixture.credentials, ReplayEmpty);
    for _ in 0..3 {
        assert_eq!(status(&client, get(&fixture.api.url("v1/invoices/42"))).await, 401);
    }
    assert_eq!((fixture.token_requests(), fixture.api.counters().requests), (2, 4));
}

#[tokio::test]
async fn a_body_that_cannot_be_sent_again_is_not_but_the_token_is_renewed() {
    let fixture = Fixture::start().await;
    let empty = hyper(&fixture.api.url("v1"), &fixture.credentials, ReplayEmpty);
    let never = hyper(&fixture.api.url("v1"), &fixture.credentials, ReplayNever);
    assert_eq!(status(&empty, get(&fixture.api.url("v1/invoices/42"))).await, 200);
    fixture.server.revoke_all_access_tokens();
    assert_eq!(status(&empty, post(&fixture.api.url("v1/invoices"))).await, 401);
    assert_eq!(status(&never, get(&fixture.api.url("v1/invoices/42"))).await, 200);
    assert_eq!(fixture.token_requests(), 2);
}

#[tokio::test]
async fn the_token_goes_nowhere_but_below_the_base() {
    let fixture = Fixture::start().await;
    let other = Fixture::start().await;
    let client = hyper(&fixture.api.url("v1/invoices"), &fixture.credentials, ReplayCloned);
    fixture.credentials.token().await.unwrap();
    for url in [
        other.api.url("v1/invoices/42"),
        fixture.api.url("v1/whoami"),
        fixture.api.url("v1/invoices10"),
        fixture.api.url("v1/invoices/../whoami"),
        fixture.api.url("v1/invoices/%2e%2e/whoami"),
    ] {
        assert_eq!(status(&client, get(&url)).await, 401, "{url}");
    }
    let requests: Vec<_> = [fixture.api.requests(), other.api.requests()].concat();
    assert_eq!(requests.len(), 5);
    assert!(requests.iter().all(|request| request.header("authorization").is_none()));
    assert_eq!((fixture.token_requests(), other.token_requests()), (1, 0));
}

#[tokio::test]
async fn bound_token_goes_with_a_proof_and_the_nonce_asked_for() {
    let fixture = Fixture::start().await;
    let key = DpopKey::generate().unwrap();
    let bound = OAuth::builder()
        .client_id("billing")
        .client_secret_basic(grantkit_adapter_tests::SECRET)
        .token_endpoint(&fixture.server.token_endpoint())
        .unwrap()
        .dpop(key)
        .clock(fixture.clock.clone())
        .build()
        .client_credentials()
        .credentials("bound");
    let client = hyper(&fixture.api.url("v1"), &bound, ReplayCloned);
    assert_eq!(status(&client, get(&fixture.api.url("v1/invoices/42?page=1"))).await, 200);
    fixture.api.renew_dpop_nonce().unwrap();
    assert_eq!(status(&client, post(&fixture.api.url("v1/invoices"))).await, 201);
    assert_eq!(status(&client, post(&fixture.api.url("v1/invoices"))).await, 201);
    // The second of them was asked for a nonce, and the third one had it.
    assert_eq!((fixture.api.counters().requests, fixture.token_requests()), (4, 1));
    assert!(fixture.api.requests()[0].header("authorization").unwrap().starts_with("DPoP "));
}

#[tokio::test]
async fn an_error_says_why_there_is_no_token_and_reaches_no_api() {
    let fixture = Fixture::start().await;
    let error = |credentials: Credentials| {
        let client = hyper(&fixture.api.url("v1"), &credentials, ReplayEmpty);
        client.oneshot(get(&fixture.api.url("v1/invoices/42")))
    };
    let wrong = error(fixture.wrong_credentials()).await.unwrap_err();
    assert!(cause(&*wrong).is_configuration() && !cause(&*wrong).is_retryable(), "{wrong:?}");
    let unreachable = error(fixture.unreachable_credentials()).await.unwrap_err();
    assert!(cause(&*unreachable).is_retryable(), "{unreachable:?}");
    assert_eq!(fixture.api.counters().requests, 0);
    let bad = AuthorizationLayer::new("http://api.example", &fixture.credentials).unwrap_err();
    assert!(bad.is_configuration(), "{bad:?}");
}

#[tokio::test]
async fn nothing_secret_is_shown() {
    let fixture = Fixture::start().await;
    let client = hyper(&fixture.api.url("v1"), &fixture.credentials, ReplayEmpty);
    let layer = AuthorizationLayer::new(&fixture.api.url("v1"), &fixture.credentials).unwrap();
    let pending = client.clone().call(get(&fixture.api.url("v1/invoices/42")));
    assert_shows_no_secret(&format!("{layer:?} {client:?} {pending:?}"), &fixture.credentials).await;
}

/// A service with one place, which is taken by `poll_ready` and given back by `call`.
struct OnePlace {
    is_mine: bool,
    is_taken: Arc<AtomicBool>,
    calls: Arc<AtomicUsize>,
}

impl Clone for OnePlace {
    fn clone(&self) -> Self {
        Self { is_mine: false, is_taken: Arc::clone(&self.is_taken), calls: Arc::clone(&self.calls) }
    }
}

impl Service<Request<String>> for OnePlace {
    type Response = Response<String>;
    type Error = Infallible;
    type Future = std::future::Ready<Result<Response<String>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        if !self.is_mine {
            assert!(!self.is_taken.swap(true, Ordering::SeqCst), "another service holds the place");
            self.is_mine = true;
        }
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<String>) -> Self::Future {
        assert!(std::mem::take(&mut self.is_mine), "not ready");
        self.is_taken.store(false, Ordering::SeqCst);
        let number = self.calls.fetch_add(1, Ordering::SeqCst);
        let status = if number == 0 { 401 } else { 200 };
        let token = request.headers()["authorization"].to_str().unwrap().to_owned();
        std::future::ready(Ok(Response::builder().status(status).body(token).unwrap()))
    }
}

/// The service that said that it was ready is called, not a clone of it, which holds no place.
#[tokio::test]
async fn the_service_that_is_ready_is_called() {
    let fixture = Fixture::start().await;
    let inner = OnePlace { is_mine: false, is_taken: Arc::default(), calls: Arc::default() };
    let calls = Arc::clone(&inner.calls);
    let mut service =
        AuthorizationLayer::new("https://api.example", &fixture.credentials).unwrap().replay(ReplayCloned).layer(inner);
    // A cold token, then a warm one; the first answer is 401.
    let mut tokens = Vec::new();
    for _ in 0..2 {
        let request = Request::get("/v1/invoices").body("body".to_owned()).unwrap();
        let ready = service.ready().await.unwrap();
        tokens.push(ready.call(request).await.unwrap().into_body());
    }
    assert_eq!((calls.load(Ordering::SeqCst), fixture.token_requests()), (3, 2));
    assert_eq!(tokens[0], tokens[1]);
}

/// As `Router` is in tests: a service without a network.
#[tokio::test]
async fn an_axum_router_is_a_client_too() {
    let fixture = Fixture::start().await;
    let router = axum::Router::new().route(
        "/v1/whoami",
        axum::routing::get(
            |headers: http::HeaderMap| async move { headers["authorization"].to_str().unwrap().to_owned() },
        ),
    );
    let client = AuthorizationLayer::new("https://api.example/v1", &fixture.credentials).unwrap().layer(router);
    let request = Request::get("https://api.example/v1/whoami").body(axum::body::Body::empty()).unwrap();
    let response: Result<_, BoxError> = client.oneshot(request).await;
    let body = response.unwrap().into_body().collect().await.unwrap().to_bytes();
    let token = fixture.credentials.token().await.unwrap();
    assert_eq!(body, format!("Bearer {}", token.access_token().secret()));
}

/// A future of the layer can be spawned.
#[tokio::test]
async fn a_caller_that_gives_up_does_not_end_the_request_for_the_token() {
    let fixture = Fixture::start().await;
    fixture.server.set_latency(std::time::Duration::from_millis(100));
    let client = hyper(&fixture.api.url("v1"), &fixture.credentials, ReplayEmpty);
    let mut tries = 0;
    let answer: Response<Incoming> = loop {
        let call = client.clone().oneshot(get(&fixture.api.url("v1/invoices/42")));
        if let Ok(answer) = tokio::time::timeout(std::time::Duration::from_millis(50), tokio::spawn(call)).await {
            break answer.unwrap().unwrap();
        }
        tries += 1;
        assert!(tries < 1200, "a minute and more");
    };
    assert_eq!((answer.status(), fixture.token_requests()), (StatusCode::OK, 1));
}
