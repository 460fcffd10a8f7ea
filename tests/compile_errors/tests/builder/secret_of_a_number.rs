use grantkit::prelude::*;

fn main() {
    let _ = Client::builder().client_id("billing").client_secret(42);
}
