use grantkit::prelude::*;

fn api(client: &Client) -> Result<ApiClient> {
    ApiClient::new("https://api.example", client.client_credentials().scope("read"))
}

fn main() {}
