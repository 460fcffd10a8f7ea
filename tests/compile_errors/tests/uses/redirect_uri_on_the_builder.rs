use grantkit::prelude::*;

fn main() {
    let _ = Client::builder().client_id("app").redirect_uri("https://app.example/callback");
}
