use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider = "auth0", scopes("read write"))]
struct Billing {
    client: ProviderClient,
}

fn main() {}
