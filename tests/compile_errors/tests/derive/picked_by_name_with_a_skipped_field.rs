use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider = "auth0")]
struct Billing {
    #[oauth(skip)]
    client: ProviderClient,
}

fn main() {}
