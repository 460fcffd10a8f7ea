use grantkit::prelude::*;

fn main() {
    let _ = Client::builder().client_id("app").public().token_endpoint("https://as.example/token").build();
}
