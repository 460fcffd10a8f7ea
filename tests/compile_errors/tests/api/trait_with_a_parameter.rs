use grantkit::prelude::*;

#[api(base = "https://api.acme.dev/v1")]
trait BillingApi<T> {
    #[get("/invoices")]
    async fn invoices(&self) -> Result<Vec<T>>;
}

fn main() {}
