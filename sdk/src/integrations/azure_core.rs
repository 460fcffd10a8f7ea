//! Credentials for the Azure SDK: a `TokenCredential` of `azure_core`.
//!
//! ```
//! use std::sync::Arc;
//!
//! use azure_core::credentials::TokenCredential;
//! use grantkit::integrations::azure_core::AzureTokenCredential;
//!
//! fn credential(credentials: &grantkit::Credentials) -> Arc<dyn TokenCredential> {
//!     AzureTokenCredential::new(credentials) // for `SecretClient::new(url, credential, None)` and the like
//! }
//! ```

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use async_trait::async_trait;
use azure_core::credentials::{AccessToken, TokenCredential, TokenRequestOptions};
use azure_core::error::ErrorKind;
use azure_core::time::OffsetDateTime;

use super::bearer::bearer;
use crate::credentials::{Credentials, IntoCredentials};
use crate::error::{Error, Result};
use crate::token::OAuthToken;

/// For how long Azure's clients may keep a token whose lifetime is not known; they ask for another five minutes before.
const UNKNOWN_LIFETIME: Duration = Duration::from_hours(1);

/// Gives Azure's clients their tokens.
///
/// A client asks for the scopes of its service, such as `https://vault.azure.net/.default`, and each set of them has a token of its own
/// ([`Credentials::with_scopes`]). Where the credentials cannot choose scopes, as after a person's login, every client gets their one token: use
/// such credentials for the services that they were got for.
///
/// Azure's clients keep a token until five minutes before its expiry, and forget it when the service rejects it; no request is sent
/// again.
///
/// # Errors
///
/// An `azure_core::Error` of the kind `Credential`, which is not retried, or `Io`, which is, where the [`Error`]
/// [`is_retryable`](crate::Error::is_retryable); `downcast_ref` finds it.
#[derive(Debug)]
pub struct AzureTokenCredential {
    credentials: Credentials,
    /// By their scopes.
    narrowed: Mutex<HashMap<Vec<String>, Credentials>>,
}

impl AzureTokenCredential {
    /// The credential for an Azure client, which takes an `Arc`.
    pub fn new(credentials: impl IntoCredentials) -> Arc<Self> {
        Arc::new(Self { credentials: credentials.into_credentials(), narrowed: Mutex::default() })
    }

    fn for_scopes(&self, scopes: &[&str]) -> Result<Credentials> {
        if scopes.is_empty() {
            return Ok(self.credentials.clone());
        }
        let key: Vec<String> = scopes.iter().map(|&scope| scope.to_owned()).collect();
        let mut narrowed = self.narrowed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = narrowed.get(&key) {
            return Ok(known.clone());
        }
        let credentials = match self.credentials.with_scopes(scopes) {
            Ok(credentials) => credentials,
            Err(error) if error.is_unsupported() => self.credentials.clone(),
            Err(error) => return Err(error),
        };
        narrowed.insert(key, credentials.clone());
        Ok(credentials)
    }
}

#[async_trait]
impl TokenCredential for AzureTokenCredential {
    async fn get_token(&self, scopes: &[&str], _: Option<TokenRequestOptions<'_>>) -> azure_core::Result<AccessToken> {
        let credentials = self.for_scopes(scopes).map_err(azure_error)?;
        let token = bearer(&credentials, "the Azure SDK").await.map_err(azure_error)?;
        Ok(AccessToken::new(token.access_token().secret().to_owned(), expires_on(&token)))
    }
}

fn expires_on(token: &OAuthToken) -> OffsetDateTime {
    let since_epoch = |time: SystemTime| i64::try_from(time.duration_since(UNIX_EPOCH).ok()?.as_secs()).ok();
    let known = token.expires_at().and_then(since_epoch);
    let known = known.and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok());
    known.unwrap_or_else(|| OffsetDateTime::now_utc() + UNKNOWN_LIFETIME)
}

fn azure_error(error: Error) -> azure_core::Error {
    let kind = if error.is_retryable() { ErrorKind::Io } else { ErrorKind::Credential };
    azure_core::Error::new(kind, error)
}
