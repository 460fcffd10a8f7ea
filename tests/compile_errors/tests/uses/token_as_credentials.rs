use grantkit::prelude::*;

fn api(token: OAuthToken) -> Result<ApiClient> {
    ApiClient::new("https://api.example", token)
}

fn main() {}
