//! Credentials for `object_store`: Google Cloud Storage and Azure Storage.
//!
//! ```
//! use std::sync::Arc;
//!
//! use grantkit::integrations::object_store::GcpTokens;
//! use object_store::gcp::GoogleCloudStorageBuilder;
//!
//! fn builder(credentials: &grantkit::Credentials) -> GoogleCloudStorageBuilder {
//!     let tokens = Arc::new(GcpTokens::new(credentials));
//!     GoogleCloudStorageBuilder::new().with_bucket_name("invoices").with_credentials(tokens)
//! }
//! ```

use std::sync::Arc;

use async_trait::async_trait;
use object_store::azure::AzureCredential;
use object_store::gcp::GcpCredential;
use object_store::{CredentialProvider, Error as StoreError, Result};

use super::bearer::bearer;
use crate::credentials::{Credentials, IntoCredentials};
use crate::error::{Error, ErrorKind};

/// Gives a `GoogleCloudStorageBuilder` its bearer tokens: `.with_credentials(Arc::new(GcpTokens::new(&credentials)))`.
///
/// Each request asks for the token, so that it is always a good one; `object_store` does not say when the service has rejected one.
///
/// # Errors
///
/// `object_store::Error::Unauthenticated` where a person has to log in or the configuration is wrong, `PermissionDenied` where the request for
/// a token was denied, else `Generic`; the [`Error`] is the source.
#[derive(Clone, Debug)]
pub struct GcpTokens {
    credentials: Credentials,
}

/// Gives a `MicrosoftAzureBuilder` its bearer tokens: `.with_credentials(Arc::new(AzureTokens::new(&credentials)))`.
///
/// Their scope is `https://storage.azure.com/.default`. All else is as with [`GcpTokens`].
#[derive(Clone, Debug)]
pub struct AzureTokens {
    credentials: Credentials,
}

impl GcpTokens {
    /// The tokens of these credentials.
    pub fn new(credentials: impl IntoCredentials) -> Self {
        Self { credentials: credentials.into_credentials() }
    }
}

impl AzureTokens {
    /// The tokens of these credentials.
    pub fn new(credentials: impl IntoCredentials) -> Self {
        Self { credentials: credentials.into_credentials() }
    }
}

#[async_trait]
impl CredentialProvider for GcpTokens {
    type Credential = GcpCredential;

    async fn get_credential(&self) -> Result<Arc<GcpCredential>> {
        let bearer = text(&self.credentials).await.map_err(|error| store_error("GCS", &error))?;
        Ok(Arc::new(GcpCredential { bearer }))
    }
}

#[async_trait]
impl CredentialProvider for AzureTokens {
    type Credential = AzureCredential;

    async fn get_credential(&self) -> Result<Arc<AzureCredential>> {
        let bearer = text(&self.credentials).await.map_err(|error| store_error("MicrosoftAzure", &error))?;
        Ok(Arc::new(AzureCredential::BearerToken(bearer)))
    }
}

async fn text(credentials: &Credentials) -> crate::error::Result<String> {
    let token = bearer(credentials, "`object_store`").await?;
    Ok(token.access_token().secret().to_owned())
}

fn store_error(store: &'static str, error: &Error) -> StoreError {
    let (path, source) = (String::new(), Box::new(error.clone()));
    match error.kind() {
        ErrorKind::Denied => StoreError::PermissionDenied { path, source },
        ErrorKind::LoginRequired | ErrorKind::Configuration => StoreError::Unauthenticated { path, source },
        ErrorKind::Temporary | ErrorKind::Security | ErrorKind::InvalidResponse | ErrorKind::Rejected => {
            StoreError::Generic { store, source }
        }
    }
}
