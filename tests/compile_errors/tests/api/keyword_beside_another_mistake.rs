use grantkit::prelude::*;

#[api(base = "https://api.acme.dev/v1")]
trait BillingApi {
    #[get("/type")]
    async fn match(&self) -> Result<String>;
    #[gett("/invoices")]
    async fn invoices(&self) -> Result<String>;
}

fn main() {}
