use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider = "auth0")]
struct Billing {
    client: String,
}

fn main() {}
