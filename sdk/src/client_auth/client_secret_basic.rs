use async_trait::async_trait;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::HeaderValue;
use http::header::AUTHORIZATION;
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::{AuthenticationRequest, ClientAuthentication};
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;

/// `client_secret_basic`: ID and secret, each form-encoded, in an `Authorization: Basic` header (RFC 6749 §2.3.1).
#[derive(Debug)]
pub(crate) struct ClientSecretBasic(pub(crate) SecretString);

#[async_trait]
impl ClientAuthentication for ClientSecretBasic {
    fn method(&self) -> &'static str {
        "client_secret_basic"
    }

    fn identity(&self) -> Fingerprint {
        let Self(secret) = self;
        Fingerprint::builder().secret("client_secret", secret.expose_secret()).finish()
    }

    async fn authenticate(&self, request: &mut AuthenticationRequest<'_>) -> Result<()> {
        request.headers.insert(AUTHORIZATION, basic(request.client_id, self.0.expose_secret())?);
        Ok(())
    }

    fn secret(&self) -> Option<&str> {
        Some(self.0.expose_secret())
    }
}

fn basic(client_id: &str, secret: &str) -> Result<HeaderValue> {
    let encode = |text: &str| Zeroizing::new(form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>());
    let pair = Zeroizing::new(format!("{}:{}", *encode(client_id), *encode(secret)));
    let value = Zeroizing::new(format!("Basic {}", BASE64_STANDARD.encode(pair.as_bytes())));
    let mut value = HeaderValue::from_str(&value)
        .map_err(|_| Error::configuration("the client ID and secret cannot stand in a header"))?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A user agent's form encoding of these characters, before base64: what RFC 6749 §2.3.1 asks for.
    #[test]
    fn id_and_secret_are_form_encoded_first() {
        let header = basic("my:client id", "p%+ß &s").unwrap();
        let pair = BASE64_STANDARD.decode(header.to_str().unwrap().strip_prefix("Basic ").unwrap()).unwrap();
        assert_eq!(String::from_utf8(pair).unwrap(), "my%3Aclient+id:p%25%2B%C3%9F+%26s");
        assert!(header.is_sensitive());
    }
}
