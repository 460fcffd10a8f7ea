use grantkit::prelude::*;

#[api(base = "https://api.acme.dev/v1")]
trait BillingApi {
    #[post("/invoices")]
    async fn create(&self, #[json] new: &str, #[form] note: &str) -> Result<String>;
}

fn main() {}
