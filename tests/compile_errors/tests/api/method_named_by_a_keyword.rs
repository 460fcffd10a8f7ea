use grantkit::prelude::*;

#[api(base = "https://api.acme.dev/v1")]
trait BillingApi {
    #[get("/type")]
    async fn type(&self) -> Result<String>;
}

fn main() {}
