use grantkit::prelude::*;
use grantkit_providers as _; // links the bundled providers in

#[derive(OAuthClient)]
#[oauth(provider = "auth0", audience = "https://api.acme.dev", scopes("read:invoices"))]
struct Billing { client: ProviderClient }

async fn invoice(base_url: &str, id: &str) -> Result<serde_json::Value> {
    let billing = Billing::from_env()?; // BILLING_TENANT, BILLING_CLIENT_ID, BILLING_CLIENT_SECRET
    let api = ApiClient::new(base_url, &billing)?; // https://api.acme.dev/v1
    api.get(["invoices", id]).fetch().await
}
