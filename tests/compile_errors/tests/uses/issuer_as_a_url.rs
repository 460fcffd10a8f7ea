use grantkit::prelude::*;

async fn client(issuer: url::Url) -> Result<Client> {
    Client::builder().client_id("app").public().discover(issuer).await
}

fn main() {}
