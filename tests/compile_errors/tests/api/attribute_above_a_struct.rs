use grantkit::prelude::*;

#[api(base = "https://api.acme.dev/v1")]
struct BillingApi;

fn main() {}
