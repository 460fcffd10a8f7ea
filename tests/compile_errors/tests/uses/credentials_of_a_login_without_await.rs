use grantkit::grant::Login;
use grantkit::prelude::*;

fn api(login: Login) -> Result<ApiClient> {
    ApiClient::new("https://api.example", login.credentials("alice"))
}

fn main() {}
