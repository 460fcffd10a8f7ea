//! Credentials for the Google Cloud SDK: a `CredentialsProvider` of `google-cloud-auth`.
//!
//! ```
//! use google_cloud_auth::credentials::Credentials;
//! use grantkit::integrations::google_cloud_auth::GoogleCloudCredentials;
//!
//! fn credentials(credentials: &grantkit::Credentials) -> Credentials {
//!     GoogleCloudCredentials::new(credentials).into() // for `Storage::builder().with_credentials(..)` and the like
//! }
//! ```

use std::sync::{Mutex, PoisonError};

use google_cloud_auth::credentials::{
    AccessToken, AccessTokenCredentialsProvider, CacheableResource, CredentialsProvider, EntityTag,
};
use google_cloud_auth::errors::CredentialsError;
use http::{Extensions, HeaderMap};

use super::bearer::bearer;
use crate::credentials::{Credentials, IntoCredentials};
use crate::error::Error;
use crate::token::OAuthToken;

type Result<T> = std::result::Result<T, CredentialsError>;

/// Gives Google's clients their headers; it becomes a `google_cloud_auth::credentials::Credentials` or `AccessTokenCredentials` by `.into()`.
///
/// The headers that go with the token, as that of the quota project, go to Google's clients too. Each request asks for the headers, so that
/// they are always of a good token; the clients do not say when a service has rejected one.
///
/// # Errors
///
/// A `CredentialsError` that is transient where the [`Error`] [`is_retryable`](crate::Error::is_retryable), and has it as its source.
#[derive(Debug)]
pub struct GoogleCloudCredentials {
    credentials: Credentials,
    universe_domain: Option<String>,
    /// The token that was given last, and its tag.
    last: Mutex<Option<(OAuthToken, EntityTag)>>,
}

impl GoogleCloudCredentials {
    /// The credentials for a Google client.
    pub fn new(credentials: impl IntoCredentials) -> Self {
        Self { credentials: credentials.into_credentials(), universe_domain: None, last: Mutex::default() }
    }

    /// Sets the universe that the token is for; `googleapis.com` unless set.
    pub fn with_universe_domain(mut self, domain: impl Into<String>) -> Self {
        self.universe_domain = Some(domain.into());
        self
    }

    /// The tag of the token: the same for as long as it is.
    fn tag_of(&self, token: &OAuthToken) -> EntityTag {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some((known, tag)) if known.access_token() == token.access_token() => tag.clone(),
            _ => {
                let tag = EntityTag::new();
                *last = Some((token.clone(), tag.clone()));
                tag
            }
        }
    }
}

impl CredentialsProvider for GoogleCloudCredentials {
    async fn headers(&self, extensions: Extensions) -> Result<CacheableResource<HeaderMap>> {
        let headers = self.credentials.headers().await.map_err(google_error)?;
        let entity_tag = self.tag_of(headers.token());
        if extensions.get::<EntityTag>() == Some(&entity_tag) {
            return Ok(CacheableResource::NotModified);
        }
        Ok(CacheableResource::New { entity_tag, data: headers.into_iter().collect() })
    }

    async fn universe_domain(&self) -> Option<String> {
        self.universe_domain.clone()
    }
}

impl AccessTokenCredentialsProvider for GoogleCloudCredentials {
    async fn access_token(&self) -> Result<AccessToken> {
        let token = bearer(&self.credentials, "the Google Cloud SDK").await.map_err(google_error)?;
        Ok(AccessToken { token: token.access_token().secret().to_owned() })
    }
}

fn google_error(error: Error) -> CredentialsError {
    CredentialsError::new(error.is_retryable(), "there is no access token", error)
}
