use grantkit::prelude::*;

#[api(base = "https://api.acme.dev/v1")]
trait BillingApi {
    #[get("/invoices")]
    async fn invoices(&self) -> Result<String> {
        Ok(String::new())
    }
}

fn main() {}
