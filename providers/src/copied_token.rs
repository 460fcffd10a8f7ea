//! A token that was copied from a service's settings, and is never renewed.

use async_trait::async_trait;
use grantkit::credentials::Fingerprint;
use grantkit::{OAuthClient, OAuthToken, Result, SecretString};
use secrecy::ExposeSecret as _;

pub(crate) struct CopiedToken {
    name: &'static str,
    token: SecretString,
}

impl CopiedToken {
    pub(crate) fn new(name: &'static str, token: SecretString) -> Self {
        Self { name, token }
    }
}

#[async_trait]
impl OAuthClient for CopiedToken {
    fn name(&self) -> &str {
        self.name
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        OAuthToken::new(self.token.expose_secret())
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self { name, token } = self;
        Fingerprint::builder().parameter("provider", *name).secret("token", token.expose_secret()).build()
    }
}
