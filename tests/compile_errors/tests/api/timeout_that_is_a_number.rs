use grantkit::prelude::*;

#[api(base = "https://api.acme.dev/v1")]
trait BillingApi {
    #[get("/invoices", timeout = 30)]
    async fn invoices(&self) -> Result<String>;
}

fn main() {}
