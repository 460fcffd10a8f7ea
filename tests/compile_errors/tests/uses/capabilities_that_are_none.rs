use grantkit::prelude::*;

struct Acme;

fn acme() -> ProviderClient {
    ProviderClient::from_capabilities(Acme)
}

fn main() {}
