use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider = "auth0", scope("read"))]
struct Billing {
    client: ProviderClient,
}

fn main() {
    let billing = Billing::from_env().unwrap();
    let _ = billing.credentials();
}
