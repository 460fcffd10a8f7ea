use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider = concat!("au", "th0"))]
struct Billing {
    client: ProviderClient,
}

fn main() {}
