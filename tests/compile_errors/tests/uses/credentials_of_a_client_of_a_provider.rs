use grantkit::prelude::*;

fn acme(client: Client) -> ProviderClient {
    ProviderClient::builder("acme").credentials(client).build()
}

fn main() {}
