use grantkit::prelude::*;

#[api(base = "https://api.acme.dev/v1", blocking)]
trait BillingApi {
    #[get("/invoices/{id}")]
    async fn invoice(&self, id: u64) -> Result<String>;
}

fn main() {}
