use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider = "auth0", audience = 5)]
struct Billing {
    client: ProviderClient,
}

fn main() {}
