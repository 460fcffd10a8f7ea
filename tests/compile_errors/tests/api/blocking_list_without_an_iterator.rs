use grantkit::prelude::*;

#[api(base = "https://api.acme.dev/v1", blocking)]
trait BillingApi {
    #[get("/invoices", paginate = link())]
    fn invoices(&self) -> Result<Vec<String>>;
}

fn main() {}
