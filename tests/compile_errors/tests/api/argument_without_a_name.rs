use grantkit::prelude::*;

#[api(base = "https://api.acme.dev/v1")]
trait BillingApi {
    #[get("/invoices/{id}")]
    async fn invoice(&self, (id, _): (u64, u64)) -> Result<String>;
}

fn main() {}
