use grantkit::prelude::*;
use grantkit::provider::{Provider, ProviderConfig, declare_capabilities};

struct Acme;

#[derive(serde::Deserialize, ProviderConfig)]
struct AcmeConfig {
    client_id: String,
}

declare_capabilities!(Acme: Login, Identity);

impl Provider for Acme {
    const NAME: &'static str = "acme";
    type Config = AcmeConfig;

    fn connect(_: AcmeConfig) -> Result<ProviderClient> {
        Err(Error::configuration("none"))
    }
}

fn api(credentials: Credentials) -> Result<ApiClient> {
    let acme = ProviderClient::from_env_as::<Acme>("ACME", ProviderSettings::new())?;
    acme.api(credentials)
}

fn main() {}
