use grantkit::prelude::*;

#[api(base = "https://api.acme.dev/v1")]
trait BillingApi {
    #[get("/invoices/{type}/{id}")]
    async fn invoice(&self, #[query] r#in: u8, type: &str, id: u64) -> Result<String>;
}

fn main() {}
