use grantkit::prelude::*;

const SECONDS: u64 = 30;

#[api(base = "https://api.acme.dev/v1")]
trait BillingApi {
    #[get("/invoices", timeout = SECONDS)]
    async fn invoices(&self) -> Result<String>;
}

fn main() {}
