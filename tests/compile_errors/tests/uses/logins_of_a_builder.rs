use grantkit::prelude::*;

fn main() {
    let _ = ProviderClient::builder("acme").logins(Client::builder().client_id("app"), ["profile"]);
}
