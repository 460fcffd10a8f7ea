//! A server that is down is tried, not hammered: by one client of many, and by each client once a pause.

use grantkit::credentials::{CredentialCache, RefreshPolicy};
use grantkit::prelude::*;
use grantkit::time::TokioClock;
use grantkit::transport::Transport;
use grantkit_integration_tests::support::HeldTime;
use grantkit_testkit::{AuthorizationServer, Fault};
use tokio::time::sleep;

use crate::support::{Source, seconds, text};

const CLIENTS: usize = 100;

/// Many tenants of one server, with one transport; in Tokio's time.
fn tenants(server: &AuthorizationServer, transport: &Transport) -> Vec<Credentials> {
    let cache = CredentialCache::new(1000, None);
    let policy = RefreshPolicy::default().with_backoff(seconds(0.05), seconds(0.1));
    let client = Client::builder()
        .client_id("billing")
        .client_secret_basic("s3cret")
        .token_endpoint(&server.token_endpoint())
        .unwrap()
        .transport(transport.clone())
        .build();
    (0..CLIENTS)
        .map(|tenant| {
            let grant = client.client_credentials().scope(format!("tenant:{tenant}"));
            Credentials::builder(grant.named("billing")).cache(&cache).policy(policy).clock(TokioClock::new()).build()
        })
        .collect()
}

async fn server_that_is_down() -> AuthorizationServer {
    let server = AuthorizationServer::builder().confidential_client("billing", "s3cret").start().await.unwrap();
    server.faults().next("/token", 10_000, Fault::status(503));
    server
}

#[tokio::test]
async fn a_hundred_clients_ask_ten_times_and_then_one_at_a_time() {
    let server = server_that_is_down().await;
    let time = HeldTime::pause();
    let tenants = tenants(&server, &Transport::builder().build().unwrap());
    for (number, tenant) in tenants.iter().enumerate() {
        let error = tenant.token().await.unwrap_err();
        assert!(error.is_retryable() && error.retry_after().is_some(), "{error:?}");
        assert_eq!(error.to_string().contains("circuit breaker"), number >= 10, "{error}");
    }
    assert_eq!(server.counters().token_requests, 10);

    // All of them after the pause, at once.
    time.pass(seconds(2.1)).await;
    let tries: Vec<_> = tenants
        .iter()
        .map(|tenant| {
            tokio::spawn({
                let tenant = tenant.clone();
                async move { tenant.token().await.unwrap_err() }
            })
        })
        .collect();
    for one in tries {
        one.await.unwrap();
    }
    assert_eq!(server.counters().token_requests, 11);
}

#[tokio::test]
async fn when_it_is_back_everyone_gets_a_token_with_one_request() {
    let server = server_that_is_down().await;
    let tenants = tenants(&server, &Transport::builder().build().unwrap());
    for tenant in &tenants {
        tenant.token().await.unwrap_err();
    }
    server.faults().clear();
    let asked = server.counters().token_requests;
    let waiting: Vec<_> = tenants
        .into_iter()
        .map(|tenant| {
            tokio::spawn(async move {
                while let Err(error) = tenant.token().await {
                    sleep(error.retry_after().unwrap()).await;
                }
            })
        })
        .collect();
    for one in waiting {
        tokio::time::timeout(seconds(120.0), one).await.unwrap().unwrap();
    }
    assert_eq!(server.counters().token_requests, asked + u64::try_from(CLIENTS).unwrap());
}

#[tokio::test]
async fn without_it_each_of_them_asks() {
    let server = server_that_is_down().await;
    for tenant in tenants(&server, &Transport::builder().without_circuit_breaker().build().unwrap()) {
        tenant.token().await.unwrap_err();
    }
    assert_eq!(server.counters().token_requests, u64::try_from(CLIENTS).unwrap());
}

/// The server works, and says no to each of them: that is theirs to know.
#[tokio::test]
async fn refusals_do_not_open_it() {
    let server = server_that_is_down().await;
    server.faults().clear();
    server.faults().next("/token", 50, Fault::respond(401, r#"{"error":"invalid_client"}"#));
    let tenants = tenants(&server, &Transport::builder().build().unwrap());
    let (refused, others) = tenants.split_at(50);
    for tenant in refused {
        assert!(tenant.token().await.unwrap_err().is_configuration());
    }
    for tenant in others {
        tenant.token().await.unwrap();
    }
}

/// A busy program in front of a client that is not registered any more: one trial a pause, and it ends when its cause does.
#[tokio::test(start_paused = true)]
async fn a_permanent_error_is_tried_once_a_pause() {
    let source = Source::new();
    source.fail(Error::configuration("invalid_client"));
    let credentials = source.builder().clock(std::sync::Arc::new(TokioClock::new())).build();
    for _ in 0..3600 {
        for _ in 0..10 {
            let error = credentials.token().await.unwrap_err();
            assert!(error.is_configuration() && error.retry_after().unwrap() <= seconds(60.0));
        }
        sleep(seconds(1.0)).await;
    }
    // Pauses of 30 to 60 s, once they have grown.
    assert!((60..=135).contains(&source.requests()), "{}", source.requests());
    source.fail(None);
    sleep(seconds(60.0)).await;
    assert_eq!(text(&credentials).await.unwrap(), "access-1");
}
