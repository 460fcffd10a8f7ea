use std::sync::OnceLock;

use async_trait::async_trait;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use http::HeaderValue;
use http::header::AUTHORIZATION;
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::{AuthenticationRequest, ClientAuthentication};
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;

/// `client_secret_basic`: ID and secret, each form-encoded, in an `Authorization: Basic` header (RFC 6749 §2.3.1).
#[derive(Debug)]
pub(crate) struct ClientSecretBasic {
    secret: SecretString,
    /// Made with the first request, and wiped with the secret.
    credentials: OnceLock<BasicCredentials>,
}

/// The header of the client with this ID.
#[derive(Debug)]
struct BasicCredentials {
    client_id: String,
    header: HeaderValue,
}

impl ClientSecretBasic {
    pub(crate) fn new(secret: SecretString) -> Self {
        Self { secret, credentials: OnceLock::new() }
    }

    fn header(&self, client_id: &str) -> Result<HeaderValue> {
        if let Some(known) = self.credentials.get().filter(|known| known.client_id == client_id) {
            return Ok(known.header.clone());
        }
        let header = basic(client_id, self.secret.expose_secret())?;
        let credentials = BasicCredentials { client_id: client_id.to_owned(), header: header.clone() };
        // A client has one ID.
        let _ = self.credentials.set(credentials);
        Ok(header)
    }
}

#[async_trait]
impl ClientAuthentication for ClientSecretBasic {
    fn method(&self) -> &'static str {
        "client_secret_basic"
    }

    fn identity(&self) -> Fingerprint {
        let Self { secret, credentials: _ } = self;
        Fingerprint::builder().secret("client_secret", secret.expose_secret()).build()
    }

    async fn authenticate(&self, request: &mut AuthenticationRequest<'_>) -> Result<()> {
        request.headers.insert(AUTHORIZATION, self.header(request.client_id)?);
        Ok(())
    }

    fn secret(&self) -> Option<&str> {
        Some(self.secret.expose_secret())
    }
}

fn basic(client_id: &str, secret: &str) -> Result<HeaderValue> {
    let encode = |text: &str| Zeroizing::new(form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>());
    let pair = Zeroizing::new(format!("{}:{}", *encode(client_id), *encode(secret)));
    let encoded = Zeroizing::new(BASE64_STANDARD.encode(pair.as_bytes()));
    let value = Zeroizing::new([b"Basic ", encoded.as_bytes()].concat());
    let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(value))
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
