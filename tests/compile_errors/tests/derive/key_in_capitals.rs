use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider = "auth0", NAME = "billing")]
struct Billing {
    client: ProviderClient,
}

fn main() {}
