use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider = "auth0", scope("read"), audience = 5)]
#[oauth(scopes("read write"), resource = "invoices", env_prefix = "")]
#[oauth(settings(redirect_uri = "http://app.acme.dev/"))]
struct Billing {
    client: String,
}

fn main() {
    let billing = Billing::from_env().unwrap();
    let _ = billing.credentials();
}
