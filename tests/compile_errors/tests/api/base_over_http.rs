use grantkit::prelude::*;

#[api(base = "http://api.acme.dev/v1")]
trait BillingApi {
    #[get("/invoices/{id}")]
    async fn invoice(&self, id: u64) -> Result<String>;
}

fn main() {}
