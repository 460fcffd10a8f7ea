use grantkit::prelude::*;

fn credentials(client: impl OAuthClient) -> Credentials {
    Credentials::builder(client).store("/var/lib/acme/tokens").build()
}

fn main() {}
