use grantkit::prelude::*;

struct Scan;

#[api(base = "https://api.acme.dev/v1")]
trait BillingApi {
    #[post("/documents")]
    async fn upload(&self, #[part] scan: Scan) -> Result<()>;
}

fn main() {}
