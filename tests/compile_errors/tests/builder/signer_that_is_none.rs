use grantkit::prelude::*;

struct Key;

fn main() {
    let _ = Client::builder().client_id("billing").private_key_jwt(Key);
}
