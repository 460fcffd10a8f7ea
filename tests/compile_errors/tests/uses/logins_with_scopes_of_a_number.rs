use grantkit::prelude::*;

fn acme(client: Client) -> ProviderClient {
    ProviderClient::builder("acme").logins(client, 5).build()
}

fn main() {}
