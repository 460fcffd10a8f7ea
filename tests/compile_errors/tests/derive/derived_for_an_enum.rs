use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider = "auth0")]
enum Billing {
    Live,
}

fn main() {
    let _ = Billing::Live.credentials();
}
