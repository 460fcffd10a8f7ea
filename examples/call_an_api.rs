//! Calls an API: a list that comes in pages, an outage, an error in the API's words, a large body, and a scope that is lacking.
//!
//! `cargo run -p grantkit-examples --example call_an_api`

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context as _, ensure};
use grantkit::api::{Pagination, RetryPolicy};
use grantkit::prelude::*;
use grantkit_examples::elsewhere;
use grantkit_testkit::Fault;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Invoice {
    id: String,
}

/// What this API says of an error.
#[derive(Deserialize)]
struct ApiError {
    error: String,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let (server, protected) = elsewhere().await?;
    let client =
        Client::builder().client_id("billing").client_secret_basic("s3cret").discover(&server.issuer()).await?;
    let with_scope = |scope: &str| client.client_credentials().scope(scope).credentials("billing");

    // Idempotent requests are sent again after 429, 503 and lost connections.
    let api =
        ApiClient::builder(&protected.url("v1"), with_scope("read:invoices")).retry(RetryPolicy::new()).build()?;

    // One item after the other, however many pages they come in.
    let mut invoices = api.get("invoices").query(&[("per_page", 2)]).paginate::<Invoice>(Pagination::link());
    let mut ids = Vec::new();
    while let Some(invoice) = invoices.next().await {
        ids.push(invoice?.id);
    }
    println!("Pages:     invoices {} of {} requests", ids.join(", "), protected.counters().requests);
    ensure!(ids == ["1", "2", "3", "4", "5"]);

    // The API is down for a moment.
    protected.faults().next("/v1/invoices/42", 2, Fault::status(503));
    let invoice: Invoice = api.get(["invoices", "42"]).fetch().await?;
    println!("Outage:    invoice {} at the third try", invoice.id);

    // A request that changes something is sent again where the API can tell that it is the same one.
    protected.faults().next("/v1/invoices", 1, Fault::status(503));
    let new = json!({ "customer": "Acme GmbH" });
    let created: Invoice = api.post("invoices").json(&new).idempotency_key("order-7").fetch().await?;
    println!("Key:       created {} once", created.id);

    // The API's error, as a type of this program.
    let error = api.post("invoices").json(&[1]).send().await.err().context("an array is no invoice")?;
    let said: ApiError = error.api_error().context("the API said why")?;
    println!("Error:     {} ({})", said.error, error.status().context("a status")?);

    // A large body, with what a progress bar needs.
    let gone = Arc::new(AtomicU64::new(0));
    let bar = Arc::clone(&gone);
    let upload = api.post("echo").body("x".repeat(300_000));
    let answer = upload.on_upload_progress(move |done, _| bar.store(done, Ordering::Relaxed)).await?;
    let received = answer.copy_to(&mut tokio::io::sink()).await?;
    println!("Bodies:    {} bytes up, {received} bytes down", gone.load(Ordering::Relaxed));
    ensure!(gone.load(Ordering::Relaxed) == 300_000);

    // The token lacks a scope: get one that has it, and go on. A person would log in here, by `login.for_step_up(&step_up)`.
    let request = api.get(["scoped", "write:invoices"]);
    let answer = request.send_with_step_up(async |step_up| Ok(with_scope(&step_up.scopes().join(" ")))).await?;
    let seen: Value = answer.json().await?;
    println!("Step-up:   the token has the scope {}", seen["scope"]);
    ensure!(seen["scope"] == "write:invoices");
    Ok(())
}
