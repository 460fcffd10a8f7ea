use grantkit::prelude::*;

#[api(base = "https://api.acme.dev/v1")]
trait BillingApi {
    #[get("/invoices")]
    async fn invoices(&self, #[json] filter: &str) -> Result<String>;
}

fn main() {}
