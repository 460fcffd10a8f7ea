use grantkit::Client;

async fn client() {
    let _ = Client::builder().client_id("billing").discover("https://as.example").await;
}

fn main() {}
