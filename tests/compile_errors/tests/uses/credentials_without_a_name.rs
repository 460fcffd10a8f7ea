use grantkit::prelude::*;

fn credentials(client: &Client) -> Credentials {
    client.client_credentials().scope("read").credentials()
}

fn main() {}
