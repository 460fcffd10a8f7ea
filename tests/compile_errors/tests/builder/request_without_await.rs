#![deny(unused_must_use)]
use grantkit::prelude::*;

async fn delete(api: &ApiClient) {
    api.delete("invoices/42");
}

fn main() {}
