use grantkit::prelude::*;

async fn ask() {
    let client = Client::builder().client_id("billing").public().discover("https://as.example");
    let _ = client.client_credentials();
}

fn main() {}
