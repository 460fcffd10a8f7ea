//! Both clients get a good token for each request, and share it.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::time::Duration;

use grantkit::Client;
use grantkit::integrations::reqwest_middleware::AuthorizationMiddleware;
use grantkit_example_progenitor::generated::types::NewInvoice;
use grantkit_example_progenitor::{ByHand, generated};
use grantkit_testkit::{AuthorizationServer, ManualClock, ProtectedApi};

const LIFETIME: Duration = Duration::from_hours(1);

struct World {
    server: AuthorizationServer,
    api: ProtectedApi,
    clock: ManualClock,
    generated: generated::Client,
    by_hand: ByHand,
}

async fn world() -> World {
    let clock = ManualClock::new();
    let server = AuthorizationServer::builder()
        .confidential_client("billing", "s3cret")
        .access_token_lifetime(LIFETIME)
        .clock(&clock)
        .start()
        .await
        .unwrap();
    let api = ProtectedApi::start(&server).await.unwrap();
    let client = Client::builder()
        .client_id("billing")
        .client_secret_basic("s3cret")
        .token_endpoint(&server.token_endpoint())
        .unwrap()
        .clock(clock.clone())
        .build();
    let credentials = client.client_credentials().credentials("billing");
    let authorization = AuthorizationMiddleware::new(&api.url("v1"), &credentials).unwrap();
    let generated = generated::Client::new(&api.base_url(), authorization.clone());
    let by_hand = ByHand::new(api.url("v1"), reqwest::Client::new(), authorization);
    World { server, api, clock, generated, by_hand }
}

#[tokio::test]
async fn a_generated_client_gets_a_good_token_for_each_request() {
    let World { server, api, clock, generated, .. } = world().await;
    assert_eq!(generated.invoice("42").await.unwrap().amount_cents, 1999);
    let new = NewInvoice { customer: "Acme".into(), amount_cents: 5 };
    assert_eq!(generated.create_invoice(&new).await.unwrap().customer, "Acme");
    assert_eq!(generated.list_invoices(Some(3)).await.unwrap().len(), 3);
    assert_eq!(server.counters().token_requests, 1);
    clock.advance(LIFETIME + Duration::from_secs(1));
    generated.invoice("42").await.unwrap();
    assert_eq!((server.counters().token_requests, api.counters().rejected), (2, 0));
}

#[tokio::test]
async fn a_client_by_hand_is_renewed_and_repeats_what_was_refused() {
    let World { server, api, generated, by_hand, .. } = world().await;
    assert_eq!(by_hand.invoice("42").await.unwrap().amount_cents, 1999);
    server.revoke_all_access_tokens();
    assert_eq!(by_hand.invoice("42").await.unwrap().amount_cents, 1999);
    assert_eq!((server.counters().token_requests, api.counters().rejected), (2, 1));
    // The other client has the new token, too.
    generated.invoice("42").await.unwrap();
    assert_eq!((server.counters().token_requests, api.counters().rejected), (2, 1));
}
