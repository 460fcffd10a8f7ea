use grantkit::{AssertionFile, Client, SigningKey};

fn main() {
    let key: SigningKey = todo!();
    let _ = Client::builder().client_assertion(AssertionFile::new("/run/token")).signing_key(key);
}
