use grantkit::prelude::*;

struct New;

#[api(base = "https://api.acme.dev/v1")]
trait BillingApi {
    #[post("/invoices")]
    async fn create(&self, #[json] new: &New) -> Result<()>;
}

fn main() {}
