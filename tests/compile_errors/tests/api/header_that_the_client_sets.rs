use grantkit::prelude::*;

#[api(base = "https://api.acme.dev/v1")]
trait BillingApi {
    #[get("/invoices")]
    async fn invoices(&self, #[header("Authorization")] token: &str) -> Result<String>;
}

fn main() {}
