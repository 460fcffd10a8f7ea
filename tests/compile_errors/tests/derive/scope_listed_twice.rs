use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider = "auth0", scopes("read", "write", "read"))]
struct Billing {
    client: ProviderClient,
}

fn main() {}
