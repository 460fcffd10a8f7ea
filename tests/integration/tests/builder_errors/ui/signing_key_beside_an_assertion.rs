use grantkit::{AssertionFile, Client, SigningKey};

fn with(key: SigningKey) {
    let _ = Client::builder().client_assertion(AssertionFile::new("/run/token")).signing_key(key);
}

fn main() {}
