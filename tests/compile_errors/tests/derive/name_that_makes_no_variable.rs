use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider = "auth0", name = "3-billing")]
struct Billing {
    client: ProviderClient,
}

fn main() {}
