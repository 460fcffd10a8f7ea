#[path = "../support/auth0.rs"]
#[allow(dead_code)]
mod auth0;

use auth0::Auth0;
use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider = Auth0, resource = "https://api.acme.dev")]
struct Reports {
    tenant: String,
    client_id: String,
    client_secret: SecretString,
}

fn main() {}
