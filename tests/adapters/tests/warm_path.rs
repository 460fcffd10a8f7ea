//! What a request costs through the layer while the token is good, in allocations. The program counts all of them: it has one test.

#![allow(clippy::unwrap_used, reason = "in a test, that is how to stop")]

use std::alloc::System;
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::task::{Context, Poll};

use bytes::Bytes;
use grantkit::integrations::tower::{AuthorizationLayer, BoxError};
use grantkit_adapter_tests::Fixture;
use http::{Request, Response};
use http_body_util::Full;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use tower::{Layer, Service};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Answers at once, and without a word.
#[derive(Clone)]
struct Immediate;

impl Service<Request<Full<Bytes>>> for Immediate {
    type Response = Response<bool>;
    type Error = Infallible;
    type Future = Ready<Result<Response<bool>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Full<Bytes>>) -> Self::Future {
        ready(Ok(Response::new(request.headers().contains_key("authorization"))))
    }
}

fn requests() -> Vec<Request<Full<Bytes>>> {
    let request = || {
        let request = Request::post("https://api.example/v1/invoices").header("content-type", "application/json");
        request.body(Full::from("{}")).unwrap()
    };
    std::iter::repeat_with(request).take(100).collect()
}

/// The requests' allocations, and whether they had a token.
async fn allocations<S>(mut service: S) -> (usize, bool)
where
    S: Service<Request<Full<Bytes>>, Response = Response<bool>>,
    S::Error: Into<BoxError>,
{
    let requests = requests();
    let region = Region::new(ALLOCATOR);
    let mut have_token = true;
    for request in requests {
        std::future::poll_fn(|cx| service.poll_ready(cx)).await.map_err(Into::into).unwrap();
        have_token &= service.call(request).await.map_err(Into::into).unwrap().into_body();
    }
    (region.change().allocations, have_token)
}

#[tokio::test]
async fn a_request_with_a_warm_token_costs_no_allocation() {
    let fixture = Fixture::start().await;
    let layered = AuthorizationLayer::new("https://api.example/v1", &fixture.credentials).unwrap().layer(Immediate);
    fixture.credentials.token().await.unwrap();
    assert_eq!(allocations(Immediate).await, (0, false));
    assert_eq!(allocations(layered.clone()).await, (0, true));
    // It counts: a request that waits for a token is on the heap.
    fixture.expire();
    assert!(allocations(layered).await.0 > 0);
}
