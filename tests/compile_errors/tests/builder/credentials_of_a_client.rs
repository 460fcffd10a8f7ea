use grantkit::prelude::*;

fn credentials(client: Client) -> Credentials {
    Credentials::new(client)
}

fn main() {}
