#[path = "../support/auth0.rs"]
#[allow(dead_code)]
mod auth0;

use auth0::Auth0;
use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider = Auth0, name = "reports")]
struct Reports {
    client: ProviderClient,
}

fn main() {}
