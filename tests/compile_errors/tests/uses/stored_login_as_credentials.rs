use grantkit::prelude::*;

fn api(github: &ProviderClient) -> Result<ApiClient> {
    ApiClient::new("https://api.github.com", github.stored_login("alice")?)
}

fn main() {}
