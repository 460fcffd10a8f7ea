use std::fmt;
use std::sync::Arc;

use http::{Method, StatusCode};
use url::Url;

use super::entry_handle::EntryHandle;
use super::headers::check_key;
use super::token_entry::{EndedLogin, TokenEntry};
use super::{AuthorizationHeaders, BackgroundRefresh, CacheKey, CredentialsBuilder, OAuthClient};
use crate::error::Result;
use crate::fingerprint::Fingerprint;
use crate::keys::dpop::DpopKey;
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
    entry: EntryHandle,
}

impl Credentials {
    /// The credentials of a client, from the process's cache.
    ///
    /// If the cache holds credentials of the same access key and fingerprint, these are the ones, and `client` is dropped. A client
    /// whose type has fields and no [`fingerprint`](OAuthClient::fingerprint) has a token of its own, which lives with this handle
    /// and its clones, and is kept in no store.
    pub fn new(client: impl OAuthClient) -> Self {
        Self::builder(client).build()
    }

    /// The same, with a store, a cache, a policy or a clock of its own.
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
        match self.entry.cached_token() {
            Some(token) => Ok(token),
            None => self.acquire().await,
        }
    }

    /// The headers that authorise a request.
    ///
    /// # Errors
    ///
    /// As [`token`](Self::token); [`is_configuration`](crate::Error::is_configuration) where the token is bound to a key: then
    /// it takes [`headers_for`](Self::headers_for) a request.
    pub async fn headers(&self) -> Result<AuthorizationHeaders> {
        match self.entry.cached_token() {
            Some(token) => AuthorizationHeaders::bearer(token),
            None => self.acquire().await.and_then(AuthorizationHeaders::bearer),
        }
    }

    /// The headers that authorise one request: what works with any token, also one that is bound to a key (DPoP, RFC 9449), for
    /// which a proof is signed each time. For any other it costs no more than [`headers`](Self::headers).
    ///
    /// Give the answer's headers back to [`AuthorizationHeaders::on_response`], for the nonce that may be in them.
    ///
    /// # Errors
    ///
    /// As [`token`](Self::token); or why no proof could be signed.
    pub async fn headers_for(&self, method: &Method, url: &Url) -> Result<AuthorizationHeaders> {
        let token = match self.entry.cached_token() {
            Some(token) => token,
            None => self.acquire().await?,
        };
        AuthorizationHeaders::for_request(token, self.client(), method, url).await
    }

    /// Says that an API refused these headers (401), and gets others.
    ///
    /// If there is a newer token already, it is that one; else the token is renewed, once, however many report it. `None`
    /// if the token was renewed on a refusal only just now: then the API refuses for another reason than its age.
    ///
    /// # Errors
    ///
    /// As [`token`](Self::token). The refused token stays in place: the API may have been mistaken.
    pub async fn refresh_rejected_token(&self, refused: &AuthorizationHeaders) -> Result<Option<AuthorizationHeaders>> {
        let Some(renewed) = Box::pin(self.entry.replace_rejected(refused)).await? else { return Ok(None) };
        let headers = match refused.request() {
            Some((method, url)) => {
                AuthorizationHeaders::for_request(self.entry.hand_out(&renewed), self.client(), method, url).await
            }
            None => AuthorizationHeaders::bearer(self.entry.hand_out(&renewed)),
        };
        headers.map(Some)
    }

    /// The same for headers that are for this request, whichever kind the renewed token is of.
    pub(crate) async fn refresh_rejected_token_for(
        &self,
        refused: &AuthorizationHeaders,
        method: &Method,
        url: &Url,
    ) -> Result<Option<AuthorizationHeaders>> {
        match Box::pin(self.entry.replace_rejected(refused)).await? {
            Some(renewed) => {
                AuthorizationHeaders::for_request(self.entry.hand_out(&renewed), self.client(), method, url)
                    .await
                    .map(Some)
            }
            None => Ok(None),
        }
    }

    /// Gets a new token although the one that is here is good, as after the person's rights have changed at the server.
    ///
    /// One request is made however many ask for it, and one that is under way is joined. It begins as any other does: with the
    /// refresh token if there is one. Where processes share a [`TokenStore`](crate::store::TokenStore), a token that another one has
    /// got since is taken instead.
    ///
    /// # Errors
    ///
    /// As [`token`](Self::token). The token that is here stays in place, and is used on.
    pub async fn refresh(&self) -> Result<OAuthToken> {
        Ok(self.entry.hand_out(&*Box::pin(self.entry.refresh()).await?))
    }

    /// Waits for what would be lost if the program ended now: the answer to a request that is under way, which may bring the
    /// only successor of a refresh token, and what a [`TokenStore`](crate::store::TokenStore) could not be told yet. Where there is
    /// nothing of that kind it returns at once.
    ///
    /// A program calls it before it returns from `main`, or [`CredentialCache::settle`](crate::credentials::CredentialCache::settle) for all
    /// of its clients. It ends by itself, as requests do.
    ///
    /// # Errors
    ///
    /// Why the store could not be told, or that the request did not end in its time. That a request failed is none.
    pub async fn settle(&self) -> Result<()> {
        Box::pin(self.entry.settle()).await
    }

    /// Takes a token that was got elsewhere, as by a login that was just finished, in place of the one that is here.
    ///
    /// Who waits for a token gets this one. If it has expired and has a refresh token, that is used for the next caller.
    ///
    /// # Errors
    ///
    /// [`is_invalid_response`](crate::Error::is_invalid_response) if it has expired, and has no refresh token;
    /// [`is_configuration`](crate::Error::is_configuration) if it is bound to a key (DPoP), and the client has none, or another;
    /// [`is_security`](crate::Error::is_security) if it is bound to none, and the client's tokens are.
    ///
    /// Or why a [`TokenStore`](crate::store::TokenStore) did not take it: then this process uses it all the same, and puts it into the
    /// store with the next renewal. Until then a program that ends loses it.
    pub async fn put(&self, token: OAuthToken) -> Result<()> {
        check_key(&token, self.client())?;
        self.entry.put(token).await
    }

    /// Forgets the token and the refresh token: the next caller starts from the beginning.
    ///
    /// A token that is under way goes to those who wait for it already, and is not kept. Where the tokens are in a
    /// [`TokenStore`](crate::store::TokenStore), they are forgotten there as well, also by a request that is under way in another process;
    /// an access token that another process holds is used there until it expires, or is refused.
    ///
    /// # Errors
    ///
    /// Why the store could not be told: then this process has forgotten them, and the store is told with the next request for a
    /// token. Without a store there are none.
    pub async fn clear(&self) -> Result<()> {
        self.entry.clear().await
    }

    /// Forgets all, and gives the newest tokens of what is forgotten.
    pub(crate) async fn end_login(&self) -> (EndedLogin, Result<()>) {
        self.entry.end_login().await
    }

    /// What renews the token ahead of its expiry also while nobody uses it; it does nothing until it is run.
    pub fn keep_fresh(&self) -> BackgroundRefresh {
        BackgroundRefresh::new([self])
    }

    /// The client's name.
    pub fn name(&self) -> &str {
        self.entry.client().name()
    }

    /// The statuses by which the API says that it refuses the token.
    pub fn unauthorized_status_codes(&self) -> Vec<StatusCode> {
        self.entry.client().unauthorized_status_codes()
    }

    /// The key that the client's tokens are bound to, where they are (RFC 9449).
    pub fn dpop_key(&self) -> Option<DpopKey> {
        self.entry.client().dpop_key()
    }

    /// What tells its token from those of other credentials.
    pub(crate) fn identity(&self) -> Fingerprint {
        CacheKey::of(self.client()).identity()
    }

    pub(crate) fn client(&self) -> &dyn OAuthClient {
        self.entry.client()
    }

    pub(super) fn entry(&self) -> &Arc<TokenEntry> {
        &self.entry
    }

    pub(super) fn from_entry(entry: Arc<TokenEntry>) -> Self {
        Self { entry: EntryHandle::new(entry) }
    }

    /// On the heap, so that the future of a caller who finds a token there stays small.
    async fn acquire(&self) -> Result<OAuthToken> {
        Ok(self.entry.hand_out(&*Box::pin(self.entry.acquire()).await?))
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("name", &self.name()).finish_non_exhaustive()
    }
}
