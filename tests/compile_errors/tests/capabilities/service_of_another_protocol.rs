use grantkit::prelude::*;
use grantkit_providers::services::Steam;

#[derive(OAuthClient)]
#[oauth(provider = Steam)]
struct App {
    client_id: String,
}

fn main() {}
