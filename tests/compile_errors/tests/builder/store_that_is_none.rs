use grantkit::prelude::*;

struct Tokens;

fn credentials(client: Client) -> Credentials {
    Credentials::builder(client.client_credentials().named("billing")).store(Tokens).build()
}

fn main() {}
