use grantkit::prelude::*;

#[derive(OAuthClient)]
struct Billing {
    client: ProviderClient,
}

fn main() {}
