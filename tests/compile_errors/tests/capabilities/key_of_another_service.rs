use grantkit::prelude::*;
use grantkit_providers::services::GitHub;

#[derive(OAuthClient)]
#[oauth(provider = GitHub)]
struct App {
    tenant: String,
    client_id: String,
    client_secret: SecretString,
}

fn main() {}
