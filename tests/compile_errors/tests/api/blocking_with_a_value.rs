use grantkit::prelude::*;

#[api(base = "https://api.acme.dev/v1", blocking = true)]
trait BillingApi {
    #[get("/invoices/{id}")]
    fn invoice(&self, id: u64) -> Result<String>;
}

fn main() {}
