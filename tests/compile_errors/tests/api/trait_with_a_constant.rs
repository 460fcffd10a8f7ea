use grantkit::prelude::*;

#[api(base = "https://api.acme.dev/v1")]
trait BillingApi {
    const VERSION: u32;
    #[get("/invoices")]
    async fn invoices(&self) -> Result<String>;
}

fn main() {}
