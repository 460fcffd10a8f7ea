use grantkit::prelude::*;

fn main() {
    let _ = Client::default();
}
