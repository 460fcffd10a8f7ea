use grantkit::prelude::*;

fn main() {
    let _ = ProviderClient::builder("acme").client_secret("s3cret");
}
