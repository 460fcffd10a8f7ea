use grantkit::prelude::*;

fn main() {
    let _ = ProviderClient::builder("acme").login(Client::builder().client_id("app"), ["profile"]);
}
