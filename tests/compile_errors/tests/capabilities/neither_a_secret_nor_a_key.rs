use grantkit::prelude::*;
use grantkit_providers::services::Okta;

#[derive(OAuthClient)]
#[oauth(provider = Okta)]
struct App {
    domain: String,
    client_id: String,
}

fn main() {}
