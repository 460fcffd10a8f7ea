use grantkit::prelude::*;
use grantkit_providers::services::GitHub;

#[derive(OAuthClient)]
#[oauth(provider = GitHub)]
struct App {
    client_id: String,
    client_secret: SecretString,
}

fn api(app: &App) -> Result<ApiClient> {
    ApiClient::new("https://api.github.com", app)
}

fn main() {}
