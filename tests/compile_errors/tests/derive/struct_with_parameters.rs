use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider = "auth0")]
struct Billing<'a, T> {
    client: ProviderClient,
    other: &'a T,
}

fn main() {}
