//! ID tokens: those of programs, for services that take them in place of access tokens ([`IdTokenCredentials`]), and the verification of
//! those that others send.

#[cfg(feature = "oidc")]
mod verify;

use std::sync::Arc;

use async_trait::async_trait;
use grantkit::credentials::{Fingerprint, InnerClient};
use grantkit::grant::Assertion;
use grantkit::time::Clock;
use grantkit::{Error, OAuthClient, OAuthToken, Result};

#[cfg(feature = "oidc")]
pub use verify::{Verifier, verify};

use super::options::Options;
use super::retry::Retried;
use super::{NAME, client, jwt};

/// Credentials whose token is an ID token, for services that take it in place of an access token: Cloud Run, Cloud Functions, IAP
/// (Google Cloud, "Get an ID token").
///
/// ```no_run
/// use grantkit::prelude::*;
/// use grantkit_providers::google::ServiceAccount;
///
/// # fn main() -> Result<()> {
/// let service = "https://orders-abc.run.app";
/// let credentials = ServiceAccount::from_file("/etc/acme/key.json")?.id_token(service)?;
/// let orders = ApiClient::new(service, credentials)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct IdTokenCredentials(Arc<dyn OAuthClient>);

impl IdTokenCredentials {
    pub(super) fn new(source: impl OAuthClient) -> Self {
        Self(Arc::new(source))
    }

    /// By the JWT-bearer grant, whose answer has no access token then.
    pub(super) fn of_grant(token_uri: &str, assertion: Assertion, options: &Options) -> Result<Self> {
        let client = client::at(token_uri, options)?
            .client_id("none")
            .client_authentication(client::Unnamed)
            .read_token_answer("google-id-token", |answer| {
                if let Some(token) = answer.remove("id_token") {
                    answer.insert("access_token", token);
                    answer.insert("token_type", "Bearer");
                }
                Ok(())
            })
            .build();
        Ok(Self::new(ByGrant(Retried(client.jwt_bearer(assertion).named(NAME)))))
    }
}

/// An ID token by the text of it.
pub(super) fn token(id_token: &str) -> Result<OAuthToken> {
    let expires_at = jwt::expiry(id_token)?;
    Ok(OAuthToken::new(id_token)?.with_expires_at(expires_at))
}

struct ByGrant(Retried);

#[async_trait]
impl OAuthClient for ByGrant {
    fn name(&self) -> &str {
        NAME
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        let answer = self.0.get_token().await?;
        token(answer.access_token().secret())
    }

    fn clock(&self) -> Option<Arc<dyn Clock>> {
        self.0.clock()
    }

    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::builder().parameter("kind", "id_token").part("grant", self.0.fingerprint()).build()
    }
}

#[async_trait]
impl OAuthClient for IdTokenCredentials {
    fn name(&self) -> &str {
        NAME
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        self.0.get_token().await
    }

    fn fingerprint(&self) -> Fingerprint {
        self.0.fingerprint()
    }

    fn inner(&self) -> Option<InnerClient<'_>> {
        Some(InnerClient::from(Arc::clone(&self.0)))
    }
}

super::into_credentials!(IdTokenCredentials);

impl std::fmt::Debug for IdTokenCredentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("IdTokenCredentials").finish_non_exhaustive()
    }
}

/// What there is no ID token of.
pub(super) fn unsupported(kind: &str) -> Error {
    Error::unsupported(format!(
        "{kind} have no ID tokens for an audience: use a service account, impersonation of one, or the metadata server"
    ))
}
