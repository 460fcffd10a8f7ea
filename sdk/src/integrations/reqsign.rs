//! Credentials for `reqsign`, and so for the services of `OpenDAL`: a `ProvideCredential` of `reqsign-core`.
//!
//! ```
//! use grantkit::integrations::reqsign::TokenProvider;
//! # mod reqsign_google {
//! #     pub struct Token { pub access_token: String, pub expires_at: Option<reqsign_core::time::Timestamp> }
//! #     pub struct Credential(Token);
//! #     impl Credential { pub fn with_token(token: Token) -> Self { Self(token) } }
//! # }
//! use reqsign_google::{Credential, Token};
//!
//! # fn example(credentials: grantkit::Credentials) {
//! let provider = TokenProvider::new(&credentials, |access_token, expires_at| {
//!     Credential::with_token(Token { access_token, expires_at })
//! });
//! // With OpenDAL, and no other identity in place of this one:
//! // Gcs::default().bucket("invoices").disable_config_load().disable_vm_metadata().credential_provider(provider)
//! # }
//! ```

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use reqsign_core::time::Timestamp;
use reqsign_core::{Context, Error as SignError, ErrorKind as SignErrorKind, ProvideCredential, Result};

use super::bearer::bearer;
use crate::credentials::{Credentials, IntoCredentials};
use crate::error::{Error, ErrorKind};

/// For how long reqsign may keep a token whose lifetime is not known: without an expiry it would keep it for the life of the process.
const UNKNOWN_LIFETIME: Duration = Duration::from_hours(1);

/// Makes a service's credential of each token, by a closure that gets the access token and its expiry.
///
/// reqsign keeps a credential for as long as it says that it is valid. A service that rejects a token (401) goes unnoticed. In a chain of
/// providers, as `OpenDAL` has one, reqsign logs the error of one and goes on with the next, which has another identity: turn the others off.
///
/// # Errors
///
/// A `reqsign_core::Error` of the kind `ConfigInvalid`, `CredentialInvalid` where a person has to log in, `PermissionDenied`, or `Unexpected`;
/// retryable where the [`Error`], its source, [`is`](crate::Error::is_retryable).
#[derive(Clone)]
pub struct TokenProvider<F> {
    credentials: Credentials,
    make: F,
}

impl<F, C> TokenProvider<F>
where
    F: Fn(String, Option<Timestamp>) -> C + Send + Sync + Unpin + 'static,
{
    /// A provider of what `make` makes of an access token and its expiry: in an hour, where the server did not say.
    pub fn new(credentials: impl IntoCredentials, make: F) -> Self {
        Self { credentials: credentials.into_credentials(), make }
    }
}

impl<F, C> ProvideCredential for TokenProvider<F>
where
    F: Fn(String, Option<Timestamp>) -> C + Send + Sync + Unpin + 'static,
    C: Send + Sync + Unpin + 'static,
{
    type Credential = C;

    async fn provide_credential(&self, _: &Context) -> Result<Option<C>> {
        let token = bearer(&self.credentials, "`reqsign`").await.map_err(sign_error)?;
        let expires_at = token.expires_at().and_then(timestamp).unwrap_or_else(|| Timestamp::now() + UNKNOWN_LIFETIME);
        Ok(Some((self.make)(token.access_token().secret().to_owned(), Some(expires_at))))
    }
}

fn timestamp(time: SystemTime) -> Option<Timestamp> {
    let seconds = time.duration_since(UNIX_EPOCH).ok()?.as_secs();
    Timestamp::from_second(i64::try_from(seconds).ok()?).ok()
}

fn sign_error(error: Error) -> SignError {
    let kind = match error.kind() {
        ErrorKind::Configuration => SignErrorKind::ConfigInvalid,
        ErrorKind::Denied => SignErrorKind::PermissionDenied,
        ErrorKind::LoginRequired => SignErrorKind::CredentialInvalid,
        ErrorKind::Temporary | ErrorKind::Security | ErrorKind::InvalidResponse | ErrorKind::Rejected => {
            SignErrorKind::Unexpected
        }
    };
    SignError::new(kind, error.to_string()).set_retryable(error.is_retryable()).with_source(error)
}

impl<F> fmt::Debug for TokenProvider<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenProvider").field("credentials", &self.credentials).finish_non_exhaustive()
    }
}
