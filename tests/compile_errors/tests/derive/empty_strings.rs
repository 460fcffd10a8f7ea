use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider = "", name = " ", audience = "")]
struct Billing {
    client: ProviderClient,
}

fn main() {}
