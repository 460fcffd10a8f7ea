use grantkit::client::ClientBuilder;
use grantkit::prelude::*;

fn builder() -> ClientBuilder {
    Client::builder().client_id("billing")
}

fn main() {}
