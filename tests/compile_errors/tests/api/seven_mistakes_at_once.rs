use grantkit::prelude::*;

#[api(base = "api.acme.dev")]
trait BillingApi {
    #[gett("/invoices/{id}")]
    async fn invoice(&self, id: u64) -> Result<String>;
    #[get("invoices/{custmer}")]
    async fn of_customer(&self, customer: u64) -> Result<String>;
    #[post("/invoices", scope("write"))]
    async fn create(&self, #[json] new: &str, note: &str);
}

fn main() {}
