use grantkit::prelude::*;

#[api(base = "https://api.acme.dev/v1", headers("X-Version" = 2, "Accept" = "a", "accept" = "b"))]
trait BillingApi {
    #[get("/invoices", headers("X Version" = "2", "Authorization" = "Bearer x", Accept = "text/csv", "X-Lines" = "a\nb"))]
    async fn invoices(&self) -> Result<String>;
    #[get("/lines", headers("Accept" = "text/csv"))]
    async fn lines(&self, #[header("accept")] accept: &str) -> Result<String>;
    #[get("/totals", headers = "text/csv")]
    async fn totals(&self) -> Result<String>;
}

fn main() {}
