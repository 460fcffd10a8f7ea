use grantkit::Client;

fn main() {
    let _ = Client::builder().client_id("billing").client_id("invoicing");
}
