use grantkit::prelude::*;

#[api(base = "https://api.acme.dev/v1")]
trait BillingApi {
    #[get("/invoices?page={page}")]
    async fn invoices(&self, page: u32) -> Result<String>;
}

fn main() {}
