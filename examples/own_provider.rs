//! A custom provider: a name, a configuration, and how to make a client of it. In a crate of its own it is a plug-in.
//!
//! `cargo run -p grantkit-examples --example own_provider`

use grantkit::prelude::*;
use grantkit::provider::{Provider, ProviderConfig, declare_capabilities, register_provider};
use serde::Deserialize;

struct Acme;

#[derive(Deserialize, ProviderConfig)]
struct AcmeConfig {
    /// The login server of the region.
    region_url: String,
    /// The client ID from Acme's console.
    client_id: String,
    /// The key that the console shows once.
    api_key: SecretString,
}

declare_capabilities!(Acme: Credentials);

impl Provider for Acme {
    const NAME: &'static str = "acme";
    type Config = AcmeConfig;

    fn connect(config: AcmeConfig) -> Result<ProviderClient> {
        let client = Client::builder()
            .client_id(config.client_id)
            .client_secret_post(config.api_key)
            .token_endpoint(&format!("{}/token", config.region_url.trim_end_matches('/')))?
            .build();
        Ok(ProviderClient::new(client.client_credentials().named(Self::NAME)))
    }
}

register_provider!(Acme);

#[derive(OAuthClient)]
#[oauth(provider = "acme")]
struct Shipping {
    client: ProviderClient,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    println!("Providers that are linked in:");
    for plugin in grantkit::provider::providers() {
        let keys: Vec<_> = plugin.keys().iter().map(|key| key.name).collect();
        println!("  {:8} {}", plugin.name(), keys.join(", "));
    }

    // What a user who has forgotten something is told.
    if let Err(error) = Shipping::from_settings(ProviderSettings::new().with("client_idd", "shipping")) {
        println!("\nA wrong configuration:\n  {error}");
    }

    let server =
        grantkit_testkit::AuthorizationServer::builder().confidential_client("shipping", "k3y").start().await?;
    let shipping = Shipping::from_settings(
        ProviderSettings::new()
            .with("region_url", server.issuer())
            .with("client_id", "shipping")
            .with("api_key", "k3y"),
    )?;
    let token = shipping.credentials().token().await?;
    println!("\nA token of Acme's: {token:?}");
    Ok(())
}
