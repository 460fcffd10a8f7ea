use grantkit::prelude::*;

#[derive(OAuthClient)]
#[oauth(provider = "auth0")]
struct Billing {
    client: ProviderClient,
}

#[api(auth = Billing)]
trait BillingApi {
    #[get("/invoices/{id}")]
    async fn invoice(&self, id: u64) -> Result<String>;
}

fn main() {}
