use grantkit::prelude::*;

fn client() -> Result<ProviderClient> {
    ProviderClient::connect("auth0", "tenant=acme")
}

fn main() {}
