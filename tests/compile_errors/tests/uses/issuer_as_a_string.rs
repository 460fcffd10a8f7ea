use grantkit::prelude::*;

async fn client(issuer: String) -> Result<Client> {
    Client::builder().client_id("app").public().discover(issuer).await
}

fn main() {}
