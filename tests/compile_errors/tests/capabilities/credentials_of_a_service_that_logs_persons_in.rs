use grantkit::prelude::*;
use grantkit_providers::services::GitHub;

fn own(github: &ProviderClient<GitHub>) -> Credentials {
    github.credentials()
}

fn main() {}
