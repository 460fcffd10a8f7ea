use grantkit::prelude::*;
use grantkit::resource_access::ResourceAccess;

async fn access() -> Result<AuthorizationCode> {
    ResourceAccess::discover("https://api.example", "http://127.0.0.1:4180/callback").login()
}

fn main() {}
