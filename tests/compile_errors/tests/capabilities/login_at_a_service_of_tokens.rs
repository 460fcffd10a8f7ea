use grantkit::prelude::*;
use grantkit_providers::services::Hetzner;

fn log_in(hetzner: &ProviderClient<Hetzner>, redirect_uri: RedirectUri) -> Result<AuthorizationCode> {
    hetzner.login(redirect_uri)
}

fn main() {}
