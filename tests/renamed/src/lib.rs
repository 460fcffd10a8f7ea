//! A crate that calls `grantkit` `tickets`: that the derives compile here is the test.

use serde::Deserialize;
use tickets::prelude::*;
use tickets::provider::{Provider, ProviderConfig, declare_capabilities};

/// A provider.
#[derive(Debug)]
pub struct Acme;

/// What it needs to know.
#[derive(Debug, Deserialize, ProviderConfig)]
pub struct AcmeConfig {
    /// The tenant.
    pub tenant: String,
    /// The secret.
    pub client_secret: SecretString,
}

declare_capabilities!(Acme: Credentials);

impl Provider for Acme {
    const NAME: &'static str = "acme";
    type Config = AcmeConfig;

    fn connect(config: AcmeConfig) -> Result<ProviderClient> {
        Err(Error::unsupported(format!("{} is a test", config.tenant)))
    }
}

tickets::provider::register_provider!(Acme);

/// A provider picked by name.
#[derive(Debug, OAuthClient)]
#[oauth(provider = "acme")]
pub struct ByName {
    client: ProviderClient,
}

/// A provider picked by type.
#[derive(Debug, OAuthClient)]
#[oauth(provider = Acme)]
pub struct ByType {
    /// The tenant.
    pub tenant: String,
    /// The secret.
    pub client_secret: SecretString,
}

/// As a crate has it that knows the SDK by a re-export only.
pub mod reexport {
    pub use tickets as sdk;
}

/// A provider picked by name, through a re-export.
#[derive(Debug, OAuthClient)]
#[oauth(provider = "acme", crate = crate::reexport::sdk)]
pub struct Reexported(ProviderClient);

/// A typed client.
#[api(base = "https://api.acme.dev/v1", auth = ByName, error = tickets::error::ProblemDetails)]
pub trait AcmeApi {
    /// One invoice.
    #[get("/invoices/{id}", scopes("read:invoices"))]
    async fn invoice(&self, id: u64, #[query] page: Option<u32>) -> Result<Vec<String>>;
    /// A new one.
    #[post("/invoices")]
    async fn create(&self, #[json] new: &str, #[header("Idempotency-Key")] key: &str) -> Result<()>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_provider_is_found_and_asked() {
        let settings = ProviderSettings::new().with("tenant", "acme").with("client_secret", "s3cret");
        let error = ByName::from_settings(settings.clone()).map(drop).unwrap_err();
        assert_eq!(error.to_string(), "acme is a test");
        assert!(Reexported::from_settings(settings).is_err());
        assert!(AcmeApiClient::from_env().unwrap_err().is_configuration());
        let by_type = ByType { tenant: "acme".to_owned(), client_secret: "s3cret".into() };
        assert_eq!(by_type.connect().unwrap_err().to_string(), "acme is a test");
    }
}
