use grantkit::Client;

fn main() {
    let _ = Client::builder().client_secret_basic("s3cret").token_endpoint("https://as.example/token").unwrap().build();
}
