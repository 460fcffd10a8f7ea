use std::fmt;
use std::sync::Arc;

use http::StatusCode;

use super::slot::Slot;
use super::{AuthorizationHeaders, CredentialsBuilder, OAuthClient};
use crate::error::Result;
use crate::token::OAuthToken;

/// A client's token, cached, shared and kept fresh: what a program holds. A clone is cheap and shares the token.
///
/// - Reading a token that is there takes some tens of nanoseconds: no lock, no allocation, no wait.
/// - However many want a token that is not there, one request is made, and all get its outcome.
/// - A token is renewed ahead of its expiry while callers go on with the old one; an expired one is never handed out.
/// - A caller that gives up loses nothing: the request goes on, and the next caller gets its outcome.
///
/// ```
/// use std::time::Duration;
/// use grantkit::prelude::*;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let server = grantkit_testkit::AuthorizationServer::builder().confidential_client("billing", "s3cret").start().await.unwrap();
/// let client = Client::builder()
///     .client_id("billing")
///     .client_secret_basic("s3cret")
///     .token_endpoint(&server.token_endpoint())?
///     .build();
/// let credentials = client.client_credentials().scope("read:invoices").credentials("billing");
///
/// let request = http::Request::get("https://api.example/invoices/42")
///     .header("authorization", credentials.headers().await?.authorization())
///     .body(())
///     .unwrap();
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Credentials {
    slot: Arc<Slot>,
}

impl Credentials {
    /// The credentials of a client, from the process's cache.
    ///
    /// If the cache holds credentials of the same access key and fingerprint, these are the ones, and `client` is dropped.
    pub fn new(client: impl OAuthClient) -> Self {
        Self::builder(client).build()
    }

    /// The same, with a cache, a policy or a clock of its own.
    pub fn builder(client: impl OAuthClient) -> CredentialsBuilder {
        CredentialsBuilder::new(client.into_shared())
    }

    /// The access token, with all that came with it.
    ///
    /// # Errors
    ///
    /// Why none could be had; everyone who waited for the same request gets the same. During the pause after a failure
    /// it is that failure, with [`retry_after`](crate::Error::retry_after) saying how long the pause lasts.
    pub async fn token(&self) -> Result<OAuthToken> {
        match self.slot.warm_token() {
            Some(token) => Ok(token),
            None => self.acquire().await,
        }
    }

    /// The headers that authorise a request.
    ///
    /// # Errors
    ///
    /// As [`token`](Self::token).
    pub async fn headers(&self) -> Result<AuthorizationHeaders> {
        match self.slot.warm_token() {
            Some(token) => Ok(AuthorizationHeaders::new(token)),
            None => self.acquire().await.map(AuthorizationHeaders::new),
        }
    }

    /// Says that an API refused these headers (401), and gets others.
    ///
    /// If there is a newer token already, it is that one; else the token is renewed, once, however many report it. `None`
    /// if the token was renewed on a refusal only just now: then the API refuses for another reason than its age.
    ///
    /// # Errors
    ///
    /// As [`token`](Self::token). The refused token stays in place: the API may have been mistaken.
    pub async fn token_refused(&self, refused: &AuthorizationHeaders) -> Result<Option<AuthorizationHeaders>> {
        let replacement = Box::pin(self.slot.replace_refused(refused)).await?;
        Ok(replacement.map(|warm| AuthorizationHeaders::new(warm.token())))
    }

    /// Takes a token that was got elsewhere, as by a login that was just finished, in place of the one that is here.
    ///
    /// Who waits for a token gets this one. If it has expired and has a refresh token, that is used for the next caller.
    ///
    /// # Errors
    ///
    /// [`is_invalid_response`](crate::Error::is_invalid_response) if it has expired, and has no refresh token.
    #[expect(
        clippy::unused_async,
        reason = "a store that keeps tokens outside of the process will have to be waited for"
    )]
    pub async fn put(&self, token: OAuthToken) -> Result<()> {
        self.slot.put(token)
    }

    /// Forgets the token and the refresh token: the next caller starts from the beginning.
    ///
    /// A token that is under way goes to those who wait for it already, and is not kept.
    #[expect(
        clippy::unused_async,
        reason = "a store that keeps tokens outside of the process will have to be waited for"
    )]
    pub async fn clear(&self) {
        self.slot.clear();
    }

    /// The client's name.
    pub fn name(&self) -> &str {
        self.slot.client().name()
    }

    /// The statuses by which the API says that it refuses the token.
    pub fn unauthorized_status_codes(&self) -> Vec<StatusCode> {
        self.slot.client().unauthorized_status_codes()
    }

    pub(crate) fn client(&self) -> &dyn OAuthClient {
        self.slot.client()
    }

    pub(super) fn from_slot(slot: Arc<Slot>) -> Self {
        Self { slot }
    }

    /// On the heap, so that the future of a caller who finds a token there stays small.
    async fn acquire(&self) -> Result<OAuthToken> {
        Ok(Box::pin(self.slot.acquire()).await?.token())
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("name", &self.name()).finish_non_exhaustive()
    }
}
