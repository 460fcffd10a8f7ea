use grantkit::prelude::*;

struct Partner;

impl OAuthClient for Partner {
    async fn get_token(&self) -> Result<OAuthToken> {
        OAuthToken::new("token")
    }
}

fn main() {}
