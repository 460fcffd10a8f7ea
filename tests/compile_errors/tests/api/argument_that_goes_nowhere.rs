use grantkit::prelude::*;

#[api(base = "https://api.acme.dev/v1")]
trait BillingApi {
    #[get("/invoices")]
    async fn invoice(&self, id: u64) -> Result<String>;
}

fn main() {
    // Those who use it are not in error too.
    let api = BillingApiClient::from_env().unwrap();
    let _invoice = api.invoice(42);
}
