use grantkit::grant::Login;
use grantkit::prelude::*;
use grantkit_providers::services::NetSuite;

async fn who(netsuite: &ProviderClient<NetSuite>, login: &Login) {
    let _ = netsuite.identity(login).await;
}

fn main() {}
