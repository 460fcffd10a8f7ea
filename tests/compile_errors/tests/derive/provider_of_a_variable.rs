use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider = env!("PROVIDER"))]
struct Billing {
    client: ProviderClient,
}

fn main() {}
