use grantkit::Client;

fn main() {
    let _ = Client::builder().client_id("billing").client_secret_basic("s3cret").build();
}
