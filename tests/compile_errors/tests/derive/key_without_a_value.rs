use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider = "auth0", audience, name =)]
struct Billing {
    client: ProviderClient,
}

fn main() {}
