use grantkit::prelude::*;

fn main() {
    let _ = ProviderClient::builder("acme").client_id("app");
}
