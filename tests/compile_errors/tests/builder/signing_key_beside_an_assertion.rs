use grantkit::client_auth::AssertionFile;
use grantkit::keys::SigningKey;
use grantkit::Client;

fn with(key: SigningKey) {
    let _ = Client::builder().client_assertion(AssertionFile::new("/run/token")).signing_key(key);
}

fn main() {}
