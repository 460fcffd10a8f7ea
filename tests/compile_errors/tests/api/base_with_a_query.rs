use grantkit::prelude::*;

#[api(base = "https://api.acme.dev/?v=1")]
trait BillingApi {
    #[get("/invoices/{id}")]
    async fn invoice(&self, id: u64) -> Result<String>;
}

fn main() {}
