use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider(Auth0))]
struct Billing {
    client: ProviderClient,
}

fn main() {}
