//! Authorises clients of others: one that `progenitor` generates of an `OpenAPI` document, and one that was written by hand on reqwest.
//!
//! `cargo run -p grantkit-example-progenitor`

use anyhow::ensure;
use grantkit::integrations::reqwest_middleware::AuthorizationMiddleware;
use grantkit::prelude::*;
use grantkit_example_progenitor::generated::types::NewInvoice;
use grantkit_example_progenitor::{ByHand, generated};
use grantkit_testkit::{AuthorizationServer, ProtectedApi};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let server = AuthorizationServer::builder().confidential_client("billing", "s3cret").start().await?;
    let api = ProtectedApi::start(&server).await?;
    let client =
        Client::builder().client_id("billing").client_secret_basic("s3cret").discover(&server.issuer()).await?;
    let credentials = client.client_credentials().scopes(["read:invoices", "write:invoices"]).credentials("billing");

    // The token goes below this URL alone, also where the API redirects.
    let authorization = AuthorizationMiddleware::new(&api.url("v1"), &credentials)?;
    let http = reqwest::Client::builder().redirect(authorization.redirect_policy()).build()?;

    let generated = generated::Client::new_with_client(&api.base_url(), http.clone(), authorization.clone());
    let new = NewInvoice { customer: "Acme GmbH".into(), amount_cents: 1999 };
    println!("generated: a new invoice of {}", generated.create_invoice(&new).await?.customer);
    println!("generated: {} invoices", generated.list_invoices(Some(5)).await?.len());

    let by_hand = ByHand::new(api.url("v1"), http, authorization);
    println!("by hand:   invoice 42 is of {} cents", by_hand.invoice("42").await?.amount_cents);
    ensure!(server.counters().token_requests == 1, "both share one token");

    // Middleware sees the answer: a token that the API rejects (401) is refreshed once, and the request sent once more.
    server.revoke_all_access_tokens();
    println!("by hand:   {} cents, after the token was revoked", by_hand.invoice("42").await?.amount_cents);
    println!("generated: {} cents, with the new token", generated.invoice("42").await?.amount_cents);
    ensure!((server.counters().token_requests, api.counters().rejected) == (2, 1));
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn progenitor_client_runs() {
        super::main().unwrap();
    }
}
