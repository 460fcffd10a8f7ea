//! A runtime that goes away takes no credential with it.

use std::sync::mpsc;
use std::thread;

use grantkit::credentials::{CredentialCache, RefreshPolicy};
use grantkit::prelude::*;
use grantkit_testkit::AuthorizationServer;
use tokio::runtime::{Builder, Runtime};

use crate::support::{ManualClock, Source, at_once, seconds, text};

fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

#[test]
fn a_waiter_elsewhere_starts_anew() {
    for single in [false, true] {
        let source = Source::new();
        source.close();
        let credentials = source.alone();
        let first = if single { Builder::new_current_thread().enable_all().build().unwrap() } else { runtime() };
        first.spawn({
            let credentials = credentials.clone();
            async move { credentials.token().await }
        });
        first.block_on(source.arrived(1));
        let (waits, waiting) = mpsc::channel();
        let waiter = thread::spawn({
            let credentials = credentials.clone();
            move || {
                runtime().block_on(async {
                    let mut token = Box::pin(text(&credentials));
                    let early =
                        std::future::poll_fn(|context| std::task::Poll::Ready(token.as_mut().poll(context))).await;
                    assert!(early.is_pending());
                    waits.send(()).unwrap();
                    token.await
                })
            }
        });
        waiting.recv().unwrap();
        drop(first);
        source.open();
        assert_eq!(waiter.join().unwrap().unwrap(), "access-1");
        assert_eq!(source.requests(), 2, "the first was lost");
    }
}

#[test]
fn credentials_of_one_runtime_are_used_on_another() {
    let servers = runtime();
    let server = AuthorizationServer::builder().confidential_client("billing", "s3cret");
    let (server, clock) = (servers.block_on(server.start()).unwrap(), ManualClock::new());
    let credentials = runtime().block_on(async {
        let client = Client::builder()
            .client_id("billing")
            .client_secret_basic("s3cret")
            .token_endpoint(&server.token_endpoint())
            .unwrap()
            .build();
        let source = client.client_credentials().named("billing");
        let credentials =
            Credentials::builder(source).cache(&CredentialCache::new(1, None)).clock(clock.clone()).build();
        credentials.token().await.unwrap();
        credentials
    });
    for request in 2..5 {
        clock.advance(seconds(3600.0));
        // The connection that is kept alive went with the runtime that opened it.
        runtime().block_on(credentials.token()).unwrap();
        assert_eq!(server.counters().token_requests, request);
    }
}

#[test]
fn without_a_runtime_a_cold_slot_says_so() {
    let source = Source::new();
    let credentials = source.alone();
    for _ in 0..3 {
        let error = at_once(credentials.token()).unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains("Tokio runtime"), "{error}");
    }
    assert_eq!(source.requests(), 0);
    assert_eq!(runtime().block_on(text(&credentials)).unwrap(), "access-1");
}

#[test]
fn without_a_runtime_a_warm_token_is_read_also_when_it_is_due() {
    let (source, clock) = (Source::new(), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    runtime().block_on(credentials.token()).unwrap();
    for advance in [0.0, 3400.0, 100.0] {
        clock.advance(seconds(advance));
        assert_eq!(at_once(text(&credentials)).unwrap(), "access-1");
    }
    let refused = at_once(credentials.headers()).unwrap();
    assert!(at_once(credentials.refresh_rejected_token(&refused)).unwrap_err().is_configuration());
    // That it could not be renewed here keeps no other runtime from it.
    let runtime = runtime();
    assert_eq!(
        runtime.block_on(credentials.refresh_rejected_token(&refused)).unwrap().unwrap().authorization(),
        "Bearer access-2"
    );
    clock.advance(seconds(100.0));
    assert_eq!(at_once(text(&credentials)).unwrap(), "access-2");
    assert_eq!(source.requests(), 2);
}

#[test]
fn a_renewal_that_is_lost_with_its_runtime_is_made_on_the_next() {
    let (source, clock) = (Source::new(), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    let first = runtime();
    first.block_on(credentials.token()).unwrap();
    clock.advance(seconds(3500.0));
    source.close();
    first.block_on(async {
        assert_eq!(text(&credentials).await.unwrap(), "access-1");
        source.arrived(2).await;
    });
    drop(first);
    source.open();
    let second = runtime();
    second.block_on(async {
        assert_eq!(at_once(text(&credentials)).unwrap(), "access-1");
        crate::support::until(|| at_once(credentials.headers()).unwrap().authorization() == "Bearer access-2").await;
    });
    assert_eq!(source.requests(), 3);
}

#[test]
fn refresh_lost_with_its_runtime_is_sent_once_more_by_policy() {
    for reuse in [false, true] {
        let (source, clock) = (Source::new().with_refresh_tokens(true), ManualClock::new());
        let mut policy = RefreshPolicy::default();
        if !reuse {
            policy = policy.with_after_lost_response(grantkit::credentials::AfterLostResponse::Never);
        }
        let credentials = source.builder().clock(clock.clone()).policy(policy).build();
        let first = runtime();
        first.block_on(credentials.token()).unwrap();
        clock.advance(seconds(3600.0));
        source.close();
        first.spawn({
            let credentials = credentials.clone();
            async move { credentials.token().await }
        });
        first.block_on(source.arrived(2));
        drop(first);
        source.open();
        source.fail(Error::login_required("nobody is here"));
        let outcome = runtime().block_on(credentials.token());
        if reuse {
            assert_eq!(outcome.unwrap().access_token().secret(), "access-2");
            assert_eq!(source.most_spent(), 2);
        } else {
            let error = outcome.unwrap_err();
            assert!(error.needs_login() && error.to_string().contains("lost"), "{error}");
            assert_eq!(source.most_spent(), 1);
        }
    }
}

#[test]
fn runtimes_that_keep_going_away_end_in_an_error() {
    let source = Source::new();
    let credentials = source.alone();
    let gone = runtime();
    let handle = gone.handle().clone();
    gone.shutdown_background();
    let _inside = handle.enter();
    let mut token = Box::pin(credentials.token());
    let error = (0..1000).find_map(|_| {
        thread::sleep(seconds(0.001));
        match token.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop())) {
            std::task::Poll::Ready(outcome) => Some(outcome.unwrap_err()),
            std::task::Poll::Pending => None,
        }
    });
    assert!(error.unwrap().is_retryable());
}
