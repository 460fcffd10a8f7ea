use grantkit::prelude::*;
use grantkit_providers::services::Shopify;

#[derive(OAuthClient)]
#[oauth(provider = Shopify)]
struct App {
    client_id: String,
    client_secret: SecretString,
}

fn main() {}
