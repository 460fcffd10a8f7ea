use grantkit::prelude::*;
use grantkit::provider::{Provider, ProviderConfig, register_provider};

struct Acme;

#[derive(serde::Deserialize, ProviderConfig)]
struct AcmeConfig {
    client_id: String,
}

impl Provider for Acme {
    const NAME: &'static str = "ACME";
    type Config = AcmeConfig;

    fn connect(_: AcmeConfig) -> Result<ProviderClient> {
        Err(Error::configuration("none"))
    }
}

register_provider!(Acme);

fn main() {}
