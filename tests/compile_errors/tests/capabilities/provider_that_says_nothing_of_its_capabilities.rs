use grantkit::prelude::*;
use grantkit::provider::{Provider, ProviderConfig};

struct Acme;

#[derive(serde::Deserialize, ProviderConfig)]
struct AcmeConfig {
    client_id: String,
}

impl Provider for Acme {
    const NAME: &'static str = "acme";
    type Config = AcmeConfig;

    fn connect(_: AcmeConfig) -> Result<ProviderClient> {
        Err(Error::configuration("none"))
    }
}

fn main() {}
