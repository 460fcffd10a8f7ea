use grantkit::Client;

async fn client() -> grantkit::Result<Client<grantkit::client::Discovered>> {
    Client::builder().public().discover("https://as.example").await
}

fn main() {}
