use grantkit::prelude::*;

fn ask(client: &Client) {
    let _ = client.client_credentials().scopes([1, 2]);
}

fn main() {}
