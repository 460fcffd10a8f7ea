//! A typed client from a trait: what an API can do as methods, each with its path, its arguments and the scopes of its token.
//!
//! `cargo run -p grantkit-examples --example typed_api`

use anyhow::ensure;
use grantkit::prelude::*;
use grantkit_examples::elsewhere;
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Invoice {
    id: String,
    customer: String,
}

#[derive(Serialize)]
struct NewInvoice<'a> {
    customer: &'a str,
    amount_cents: u64,
}

#[derive(Deserialize)]
struct Caller {
    scope: String,
}

/// With `auth = Billing`, a struct that derives `OAuthClient`, there is `BillingApiClient::from_env()`, too.
#[api(base = "https://api.acme.dev/v1")]
trait BillingApi {
    #[get("/invoices/{id}")]
    async fn invoice(&self, id: u64) -> Result<Invoice>;

    #[post("/invoices", scopes("write:invoices"))]
    async fn create(&self, #[json] new: &NewInvoice<'_>, #[header("Idempotency-Key")] key: &str) -> Result<Invoice>;

    #[get("/scoped/{scope}", scopes("write:invoices"))]
    async fn who_writes(&self, scope: &str) -> Result<Caller>;
}

/// The program takes any `BillingApi`, so that its tests need neither server nor network.
async fn bill(billing: &impl BillingApi, customer: &str) -> Result<String> {
    let new = NewInvoice { customer, amount_cents: 1999 };
    Ok(billing.create(&new, "order 7").await?.customer)
}

/// For tests of the program.
struct Mock;

impl BillingApi for Mock {
    async fn invoice(&self, id: u64) -> Result<Invoice> {
        Ok(Invoice { id: id.to_string(), customer: "nobody".into() })
    }

    async fn create(&self, new: &NewInvoice<'_>, _: &str) -> Result<Invoice> {
        Ok(Invoice { id: "1".into(), customer: new.customer.to_uppercase() })
    }

    async fn who_writes(&self, scope: &str) -> Result<Caller> {
        Ok(Caller { scope: scope.into() })
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let (server, protected) = elsewhere().await?;
    let client =
        Client::builder().client_id("billing").client_secret_basic("s3cret").discover(&server.issuer()).await?;
    let credentials = client.client_credentials().scope("read:invoices").credentials("billing");

    // `new(credentials)` is for the base of the trait; this is another one.
    let billing = BillingApiClient::with_base(&protected.url("v1"), credentials)?;
    println!("invoice {} of {}", billing.invoice(42).await?.id, billing.invoice(42).await?.customer);
    println!("a new one of {}", bill(&billing, "Acme GmbH").await?);
    println!("written with the scope {}", billing.who_writes("write:invoices").await?.scope);
    ensure!(server.counters().client_credentials == 2, "one token for each set of scopes");

    println!("a mock says {}", bill(&Mock, "Acme GmbH").await?);
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn typed_api_runs() {
        super::main().unwrap();
    }
}
