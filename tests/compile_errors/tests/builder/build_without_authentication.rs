use grantkit::Client;

fn main() {
    let _ = Client::builder().client_id("billing").token_endpoint("https://as.example/token").unwrap().build();
}
