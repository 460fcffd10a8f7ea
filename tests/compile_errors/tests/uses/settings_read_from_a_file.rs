use grantkit::prelude::*;

fn client() -> Result<ProviderClient> {
    ProviderClient::connect("auth0", ProviderSettings::from_file("billing.toml")?)
}

fn main() {}
