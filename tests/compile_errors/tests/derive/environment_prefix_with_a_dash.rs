use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider = "auth0", env_prefix = "MY-BILLING")]
struct Billing {
    client: ProviderClient,
}

fn main() {}
