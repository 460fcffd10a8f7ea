use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider = "auth0", provider = "google")]
struct Billing {
    client: ProviderClient,
}

fn main() {}
