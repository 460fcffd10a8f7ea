use grantkit::prelude::*;

fn github() -> ProviderClient {
    ProviderClient::new("github")
}

fn main() {}
