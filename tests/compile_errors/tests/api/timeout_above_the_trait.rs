use grantkit::prelude::*;

#[api(base = "https://api.acme.dev/v1", timeout = "30s")]
trait BillingApi {
    #[get("/invoices")]
    async fn invoices(&self) -> Result<String>;
}

fn main() {}
