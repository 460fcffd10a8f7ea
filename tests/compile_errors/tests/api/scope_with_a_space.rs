use grantkit::prelude::*;

#[api(base = "https://api.acme.dev/v1")]
trait BillingApi {
    #[get("/invoices", scopes("read write"))]
    async fn invoices(&self) -> Result<String>;
}

fn main() {}
