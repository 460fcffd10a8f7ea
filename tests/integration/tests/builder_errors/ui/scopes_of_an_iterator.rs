use grantkit::prelude::*;

fn ask(client: &Client, scopes: &[String]) {
    let _ = client.client_credentials().scopes(scopes.iter().map(String::as_str));
}

fn main() {}
