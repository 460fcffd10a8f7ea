use grantkit::Client;

fn main() {
    let _ = Client::builder().client_secret_basic("s3cret").client_secret_post("s3cret");
}
