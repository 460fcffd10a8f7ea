use grantkit::Client;

async fn client() -> grantkit::Result<Client> {
    Client::builder().public().discover("https://as.example").await
}

fn main() {}
