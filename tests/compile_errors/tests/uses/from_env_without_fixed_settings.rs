use grantkit::prelude::*;

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("github", "GITHUB")
}

fn main() {}
