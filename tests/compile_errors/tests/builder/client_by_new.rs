use grantkit::prelude::*;

fn main() {
    let _ = Client::new("billing", "s3cret");
}
