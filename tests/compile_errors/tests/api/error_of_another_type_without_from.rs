use grantkit::prelude::*;

struct OwnError;

#[api(base = "https://api.acme.dev/v1")]
trait BillingApi {
    #[get("/invoices")]
    async fn invoices(&self) -> std::result::Result<String, OwnError>;
}

fn main() {}
