use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider = "auth0", crate = "grantkit")]
struct Billing {
    client: ProviderClient,
}

fn main() {}
