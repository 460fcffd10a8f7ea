use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider = "auth0")]
struct Billing {
    tenant: String,
    client_id: String,
}

fn main() {}
