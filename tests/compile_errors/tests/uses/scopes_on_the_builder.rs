use grantkit::prelude::*;

fn main() {
    let _ = Client::builder().client_id("app").scopes(["read", "write"]);
}
