use grantkit::Client;

fn main() {
    let _ = Client::builder().client_secret_basic("s3cret").public();
}
