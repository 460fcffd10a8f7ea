use grantkit::prelude::*;

struct Id(u64);

#[api(base = "https://api.acme.dev/v1")]
trait BillingApi {
    #[get("/invoices/{id}")]
    async fn invoice(&self, id: Id) -> Result<String>;
}

fn main() {}
