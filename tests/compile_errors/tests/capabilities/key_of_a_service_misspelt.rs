use grantkit::prelude::*;
use grantkit_providers::services::GitHub;

#[derive(OAuthClient)]
#[oauth(provider = GitHub)]
struct App {
    client_id: String,
    client_secrte: SecretString,
}

fn main() {}
