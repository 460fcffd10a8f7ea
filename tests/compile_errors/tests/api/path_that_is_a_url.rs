use grantkit::prelude::*;

#[api(base = "https://api.acme.dev/v1")]
trait BillingApi {
    #[get("https://api.acme.dev/invoices")]
    async fn invoices(&self) -> Result<String>;
}

fn main() {}
