use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider = "auth0", resource = "https://api.acme.dev/#invoices")]
struct Billing {
    client: ProviderClient,
}

fn main() {}
