use grantkit::prelude::*;

async fn ask(api: ApiClient) {
    let _ = api.get("invoices").send().status();
}

fn main() {}
