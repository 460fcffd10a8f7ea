#![deny(unused_must_use)]
use grantkit::prelude::*;

async fn discover() {
    Client::builder().client_id("billing").public().discover("https://as.example");
}

fn main() {}
