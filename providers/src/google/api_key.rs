//! Calls that no token goes with.

use async_trait::async_trait;
use grantkit::credentials::Fingerprint;
use grantkit::{Error, OAuthClient, OAuthToken, Result, SecretString};
use http::{HeaderName, HeaderValue};
use secrecy::ExposeSecret as _;

use super::NAME;

const API_KEY: HeaderName = HeaderName::from_static("x-goog-api-key");

/// An API key: it names the project that a call is of, and no account. It goes with each call in `x-goog-api-key`, and there is no
/// `Authorization` (Google Cloud, "Use API keys to access APIs").
///
/// ```no_run
/// use grantkit::prelude::*;
/// use grantkit_providers::google::ApiKey;
///
/// fn places(key: SecretString) -> Result<ApiClient> {
///     ApiClient::new("https://places.googleapis.com/v1", ApiKey::new(key))
/// }
/// ```
#[derive(Clone, Debug)]
pub struct ApiKey {
    key: SecretString,
}

impl ApiKey {
    /// Of the key's text, as the console shows it.
    pub fn new(key: impl Into<SecretString>) -> Self {
        Self { key: key.into() }
    }
}

#[async_trait]
impl OAuthClient for ApiKey {
    fn name(&self) -> &str {
        NAME
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        let wrong = |what: &str| Error::configuration(format!("the API key {what}: copy it from the console anew"));
        let key = self.key.expose_secret().trim();
        if key.is_empty() {
            return Err(wrong("is empty"));
        }
        let token = OAuthToken::new(key).map_err(|_| wrong("has a character that no key has"))?;
        let mut value =
            HeaderValue::from_str(key).map_err(|_| wrong("has a character that cannot stand in a header"))?;
        value.set_sensitive(true);
        Ok(token.without_authorization().with_request_header(API_KEY, value))
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self { key } = self;
        Fingerprint::builder().parameter("kind", "api_key").secret("key", key.expose_secret()).build()
    }
}

super::into_credentials!(ApiKey);

/// No credentials at all: for public data, and for emulators on this machine, where a client wants some.
///
/// ```
/// use grantkit::prelude::*;
/// use grantkit_providers::google::Anonymous;
///
/// let emulator = ApiClient::new("http://localhost:4443/storage/v1", Anonymous)?;
/// # Ok::<(), grantkit::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Anonymous;

#[async_trait]
impl OAuthClient for Anonymous {
    fn name(&self) -> &str {
        NAME
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        Ok(OAuthToken::new("anonymous")?.without_authorization())
    }

    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::builder().parameter("kind", "anonymous").build()
    }
}

super::into_credentials!(Anonymous);
