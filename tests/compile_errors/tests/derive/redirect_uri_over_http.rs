use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider = "auth0", settings(redirect_uri = "http://app.acme.dev/callback"))]
struct Billing {
    client: ProviderClient,
}

fn main() {}
