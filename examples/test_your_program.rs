//! A program that uses grantkit, and its tests against a server that injects faults on demand.
//!
//! `cargo test -p grantkit-examples --example test_your_program`

use grantkit::prelude::*;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Invoice {
    amount_cents: u64,
}

/// The program: sums up some invoices.
async fn total(api: &ApiClient, ids: &[u32]) -> Result<u64> {
    let mut total = 0;
    for id in ids {
        let invoice: Invoice = api.get(["invoices", &id.to_string()]).fetch().await?;
        total += invoice.amount_cents;
    }
    Ok(total)
}

/// The client, whose server is a parameter: the real one in production, the embedded one in tests.
fn api(token_endpoint: &str, base: &str) -> Result<ApiClient> {
    let client =
        Client::builder().client_id("billing").client_secret_basic("s3cret").token_endpoint(token_endpoint)?.build();
    // The fingerprint of the credentials holds the token endpoint: tests that run side by side share no token.
    ApiClient::new(base, client.client_credentials().scope("read:invoices").credentials("billing"))
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let server =
        grantkit_testkit::AuthorizationServer::builder().confidential_client("billing", "s3cret").start().await?;
    let protected = grantkit_testkit::ProtectedApi::start(&server).await?;
    let total = total(&api(&server.token_endpoint(), &protected.url("/v1"))?, &[1, 2, 3]).await?;
    println!("{total} cents in all; now run `cargo test -p grantkit-examples --example test_your_program`");
    Ok(())
}

#[cfg(test)]
mod tests {
    use grantkit_testkit::{AuthorizationServer, Fault, ProtectedApi};

    use super::*;

    async fn servers() -> (AuthorizationServer, ProtectedApi) {
        let server = AuthorizationServer::builder().confidential_client("billing", "s3cret").start().await.unwrap();
        let api = ProtectedApi::start(&server).await.unwrap();
        (server, api)
    }

    #[tokio::test]
    async fn total_of_all_invoices_takes_one_token() {
        let (server, protected) = servers().await;
        let api = api(&server.token_endpoint(), &protected.url("/v1")).unwrap();
        assert_eq!(total(&api, &[1, 2, 3]).await.unwrap(), 3 * 1999);
        assert_eq!(server.counters().token_requests, 1);
        assert_eq!(server.requests()[0].form_value("scope").as_deref(), Some("read:invoices"));
    }

    #[tokio::test]
    async fn a_busy_moment_of_the_token_endpoint_does_not_show() {
        let (server, protected) = servers().await;
        server.faults().next("/token", 1, Fault::status(503).header("retry-after", "0"));
        let api = api(&server.token_endpoint(), &protected.url("/v1")).unwrap();
        assert_eq!(total(&api, &[1]).await.unwrap(), 1999);
        assert_eq!(server.counters().token_requests, 2);
    }

    #[tokio::test]
    async fn a_wrong_secret_is_told_from_an_outage() {
        let (server, protected) = servers().await;
        server.faults().next("/token", 1, Fault::respond(401, serde_json::json!({ "error": "invalid_client" })));
        let api = api(&server.token_endpoint(), &protected.url("/v1")).unwrap();
        let error = total(&api, &[1]).await.unwrap_err();
        assert!(error.is_configuration() && !error.is_retryable());
    }
}
