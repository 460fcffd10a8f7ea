use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider = "auth0", audience = "https://a.dev", settings(audience = "https://b.dev"))]
struct Billing {
    client: ProviderClient,
}

fn main() {}
