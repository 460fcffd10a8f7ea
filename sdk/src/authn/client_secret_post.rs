use async_trait::async_trait;
use http::HeaderMap;
use secrecy::{ExposeSecret, SecretString};

use super::ClientAuthentication;
use crate::error::Result;
use crate::wire::Form;

/// `client_secret_post`: the secret as a parameter (RFC 6749 §2.3.1), for servers that know nothing better.
#[derive(Debug)]
pub(crate) struct ClientSecretPost(pub(crate) SecretString);

#[async_trait]
impl ClientAuthentication for ClientSecretPost {
    fn method(&self) -> &'static str {
        "client_secret_post"
    }

    async fn authenticate(&self, client_id: &str, form: &mut Form, _: &mut HeaderMap) -> Result<()> {
        form.push("client_id", client_id);
        form.push_secret("client_secret", self.0.expose_secret());
        Ok(())
    }

    fn secret(&self) -> Option<&str> {
        Some(self.0.expose_secret())
    }
}
