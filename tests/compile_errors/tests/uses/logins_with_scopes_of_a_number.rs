use grantkit::prelude::*;

fn acme(client: Client) -> ProviderClient {
    ProviderClient::builder("acme").login(client, 5).build()
}

fn main() {}
