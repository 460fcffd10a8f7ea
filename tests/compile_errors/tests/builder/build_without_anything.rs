use grantkit::Client;

fn main() {
    let _ = Client::builder().build();
}
