use grantkit::grant::Login;
use grantkit::prelude::*;

fn api(github: &ProviderClient, login: Login) -> Result<ApiClient> {
    github.api(login)
}

fn main() {}
