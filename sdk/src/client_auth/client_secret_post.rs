use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};

use super::{AuthenticationRequest, ClientAuthentication};
use crate::error::Result;
use crate::fingerprint::Fingerprint;

/// `client_secret_post`: the secret as a parameter (RFC 6749 §2.3.1), for servers that know nothing better.
#[derive(Debug)]
pub(crate) struct ClientSecretPost(pub(crate) SecretString);

#[async_trait]
impl ClientAuthentication for ClientSecretPost {
    fn method(&self) -> &'static str {
        "client_secret_post"
    }

    fn identity(&self) -> Fingerprint {
        let Self(secret) = self;
        Fingerprint::builder().secret("client_secret", secret.expose_secret()).build()
    }

    async fn authenticate(&self, request: &mut AuthenticationRequest<'_>) -> Result<()> {
        request.form.push("client_id", request.client_id);
        request.form.push_secret("client_secret", self.0.expose_secret());
        Ok(())
    }

    fn secret(&self) -> Option<&str> {
        Some(self.0.expose_secret())
    }
}
