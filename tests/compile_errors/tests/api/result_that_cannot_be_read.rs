use grantkit::prelude::*;

struct Invoice;

#[api(base = "https://api.acme.dev/v1")]
trait BillingApi {
    #[get("/invoices")]
    async fn invoices(&self) -> Result<Invoice>;
}

fn main() {}
