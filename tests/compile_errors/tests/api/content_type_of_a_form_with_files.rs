use grantkit::prelude::*;

#[api(base = "https://api.acme.dev/v1")]
trait BillingApi {
    #[post("/documents", headers("Content-Type" = "multipart/form-data"))]
    async fn upload(&self, #[part] title: &str) -> Result<()>;
    #[post("/documents")]
    async fn replace(&self, #[part] title: &str, #[header("content-type")] content_type: &str) -> Result<()>;
}

fn main() {}
