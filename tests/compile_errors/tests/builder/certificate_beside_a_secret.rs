use grantkit::Client;

fn main() {
    let _ = Client::builder().client_secret("s3cret").tls_client_auth();
}
