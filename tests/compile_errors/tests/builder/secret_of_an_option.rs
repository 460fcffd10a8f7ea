use grantkit::prelude::*;

fn main() {
    let secret = std::env::var("SECRET").ok();
    let _ = Client::builder().client_id("billing").client_secret(secret);
}
