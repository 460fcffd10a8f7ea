use grantkit::prelude::*;

struct MyIdp;

#[derive(OAuthClient)]
#[oauth(provider = MyIdp)]
struct Reports {
    tenant: String,
    client_secret: SecretString,
}

fn main() {}
