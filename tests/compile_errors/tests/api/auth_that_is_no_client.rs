use grantkit::prelude::*;

struct NotAClient;

impl NotAClient {
    fn from_env() -> Result<Self> {
        Ok(Self)
    }
}

#[api(base = "https://api.acme.dev/v1", auth = NotAClient)]
trait BillingApi {
    #[get("/invoices/{id}")]
    async fn invoice(&self, id: u64) -> Result<String>;
}

fn main() {}
