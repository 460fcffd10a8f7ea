use grantkit::prelude::*;
use grantkit_providers::services::GitHub;

#[derive(OAuthClient)]
#[oauth(provider = GitHub)]
struct App {
    client_id: String,
    client_secret: SecretString,
}

fn own(app: &App) -> Credentials {
    app.credentials()
}

fn main() {}
