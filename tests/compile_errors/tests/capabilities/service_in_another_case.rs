use grantkit::prelude::*;
use grantkit_providers::services::*;

#[derive(OAuthClient)]
#[oauth(provider = Github)]
struct App {
    client_id: String,
    client_secret: SecretString,
}

fn main() {}
