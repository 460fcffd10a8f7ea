use grantkit::prelude::*;

fn client() -> Result<ProviderClient> {
    ProviderClient::connect("auth0", Settings::from_file("billing.toml")?)
}

fn main() {}
