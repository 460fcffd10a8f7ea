use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth = "auth0"]
struct Billing {
    client: ProviderClient,
}

fn main() {}
