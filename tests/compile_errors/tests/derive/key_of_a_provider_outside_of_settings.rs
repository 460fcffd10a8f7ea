use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider = "auth0", tenant = "acme")]
struct Billing {
    client: ProviderClient,
}

fn main() {}
