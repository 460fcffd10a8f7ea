use grantkit::api::Multipart;
use grantkit::prelude::*;

#[api(base = "https://api.acme.dev/v1")]
trait BillingApi {
    #[post("/documents")]
    async fn upload(&self, #[part] title: &str, #[part("scan")] scan: Vec<u64>, #[json] note: &str) -> Result<()>;
    #[post("/documents")]
    async fn both(&self, #[part("")] title: &str, #[multipart("x")] form: Multipart) -> Result<()>;
}

fn main() {}
