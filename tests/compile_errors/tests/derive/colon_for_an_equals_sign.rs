use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider: "auth0", audience: "https://api.acme.dev")]
struct Billing {
    client: ProviderClient,
}

fn main() {}
