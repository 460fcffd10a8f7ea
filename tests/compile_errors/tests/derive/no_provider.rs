use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(audience = "https://api.acme.dev")]
struct Billing {
    client: ProviderClient,
}

fn main() {
    let billing = Billing::from_env().unwrap();
    let _ = billing.credentials();
}
