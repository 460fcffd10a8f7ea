use grantkit::prelude::*;
use grantkit_providers::Qci;

fn stored(qci: &ProviderClient<Qci>) {
    let _ = qci.stored_login("alice");
}

fn main() {}
