//! A program without an async runtime: a token, calls, a list in pages, a file.
//!
//! `cargo run -p grantkit-examples --example blocking`
//!
//! The embedded server and API take the place of real ones; they alone need the runtime that is made here.

use std::io::Cursor;

use anyhow::Context;
use grantkit::api::Pagination;
use grantkit::integrations::blocking::{ApiClient, Credentials, wait};
use grantkit::prelude::{Client, OAuthToken};
use grantkit_examples::elsewhere;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Invoice {
    id: String,
    amount_cents: u64,
}

fn main() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    let (server, invoices) = runtime.block_on(elsewhere())?;
    run(&server.issuer(), &invoices.url("v1"))?;
    println!("{} token requests were made", server.counters().client_credentials);
    Ok(())
}

fn run(issuer: &str, base: &str) -> anyhow::Result<()> {
    // Whatever is async is waited for.
    let client = wait(Client::builder().client_id("billing").client_secret("s3cret").discover(issuer))?;
    let credentials = Credentials::new(client.client_credentials().scope("read:invoices").credentials("billing"));
    let api = ApiClient::new(base, &credentials)?;

    // Threads share one token, as tasks do.
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| api.get(["invoices", "42"]).fetch::<Invoice>())).collect();
        for thread in threads {
            let invoice = thread.join().ok().context("a thread panicked")??;
            println!("invoice {} is {} cents", invoice.id, invoice.amount_cents);
        }
        anyhow::Ok(())
    })?;

    for invoice in api.get("invoices").query(&[("per_page", 2)]).paginate::<Invoice>(Pagination::link()) {
        println!("in the list: {}", invoice?.id);
    }

    let created: Value = api.post("invoices").json(&json!({ "customer": "Acme GmbH" })).fetch()?;
    println!("created {}", created["id"]);

    // Anything that can be read is a body, and a body can be read.
    let report = Cursor::new("a;b;c\n".repeat(1000));
    let echo = api.put("echo").header("content-type", "text/csv").body_from(report).send()?.into_reader();
    let echo: Value = serde_json::from_reader(echo)?;
    println!("{} characters were sent", echo["body"].as_str().unwrap_or_default().len());

    let token: OAuthToken = credentials.refresh()?;
    println!("a new token is there: {:?}", token.access_token());
    credentials.settle()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn blocking_runs() -> anyhow::Result<()> {
        super::main()
    }
}
