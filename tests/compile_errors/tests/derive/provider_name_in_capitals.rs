use grantkit::prelude::*;
use grantkit::provider::{Provider, ProviderConfig, declare_capabilities, register_provider};

struct Acme;

#[derive(serde::Deserialize, ProviderConfig)]
struct AcmeConfig {
    client_id: String,
}

declare_capabilities!(Acme: Credentials);

impl Provider for Acme {
    const NAME: &'static str = "ACME";
    type Config = AcmeConfig;

    fn connect(_: AcmeConfig) -> Result<ProviderClient> {
        Err(Error::configuration("none"))
    }
}

register_provider!(Acme);

fn main() {}
