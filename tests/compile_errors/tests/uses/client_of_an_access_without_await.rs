use grantkit::prelude::*;
use grantkit::resource_access::ResourceAccess;

async fn access() -> Result<ResourceAccess> {
    let client = Client::builder().client_id("app").public().discover("https://as.example");
    ResourceAccess::discover("https://api.example", "http://127.0.0.1:4180/callback").client(client).await
}

fn main() {}
