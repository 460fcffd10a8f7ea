use grantkit::prelude::*;

fn main() {
    let _ = Client::new();
}
