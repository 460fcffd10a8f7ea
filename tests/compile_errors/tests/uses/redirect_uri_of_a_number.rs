use grantkit::prelude::*;

fn login(client: &Client) -> Result<AuthorizationCode> {
    client.authorization_code(8080)
}

fn main() {}
