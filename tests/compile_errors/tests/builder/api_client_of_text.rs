use grantkit::prelude::*;

fn api(token: &str) -> Result<ApiClient> {
    ApiClient::new("https://api.example", token)
}

fn main() {}
