use grantkit::Client;

async fn client() -> grantkit::Result<Client<grantkit::Discovered>> {
    Client::builder().public().discover("https://as.example").await
}

fn main() {}
