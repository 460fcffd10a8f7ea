use grantkit::prelude::*;

#[api(base = "https://api.acme.dev/v1")]
trait BillingApi {
    async fn invoice(&self, id: u64) -> Result<String>;
}

fn main() {}
