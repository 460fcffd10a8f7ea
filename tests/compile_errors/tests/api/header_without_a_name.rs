use grantkit::prelude::*;

#[api(base = "https://api.acme.dev/v1")]
trait BillingApi {
    #[post("/invoices")]
    async fn create(&self, #[header] idempotency_key: &str) -> Result<()>;
}

fn main() {}
