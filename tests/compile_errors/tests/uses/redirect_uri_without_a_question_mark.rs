use grantkit::prelude::*;

fn login(github: &ProviderClient) -> Result<AuthorizationCode> {
    github.login(RedirectUri::new("https://app.example/callback"))
}

fn main() {}
