use std::fmt;
use std::sync::Arc;

use http::{HeaderValue, Method, StatusCode};
use url::Url;

use super::cache::{NewEntry, TokenIdentity};
use super::entry_handle::EntryHandle;
use super::headers::check_key;
use super::token_entry::{EndedLogin, TokenEntry};
use super::{AuthorizationHeaders, BackgroundRefresh, CredentialCache, CredentialsBuilder, OAuthClient};
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::keys::dpop::DpopKey;
use crate::time::{Clock, Time};
use crate::token::OAuthToken;

/// A client's token, cached, shared and kept fresh: what a program holds. A clone is cheap and shares the token.
///
/// - Reading a cached token takes some tens of nanoseconds: no lock, no allocation, no wait.
/// - However many callers need a new token, one request is made (single-flight), and all of them get its outcome.
/// - A token is refreshed ahead of its expiry while callers go on with the old one; an expired token is never returned.
/// - A caller may drop its future at any time: the request goes on, and the next caller gets its outcome.
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
    /// Returns the credentials of a client, from the process's cache.
    ///
    /// If the cache holds credentials of the same access key, fingerprint and clock, it returns those and drops `client`, unless they have
    /// failed to get a token: see [`CredentialsBuilder::build`]. A client whose type
    /// has fields and no [`fingerprint`](OAuthClient::fingerprint) has a token of its own, which lives with this handle and its clones,
    /// and is not stored.
    pub fn new(client: impl OAuthClient) -> Self {
        Self::builder(client).build()
    }

    /// Returns the credentials of this access key, fingerprint, DPoP key and clock from the process's cache, and makes the client only where
    /// there are none: for a handle that is asked for with every request. The client is one with the same four.
    pub(crate) fn cached(
        access_key: &[&str],
        fingerprint: Fingerprint,
        dpop_key: Option<&DpopKey>,
        clock: Option<Arc<dyn Clock>>,
        client: impl FnOnce() -> Arc<dyn OAuthClient>,
    ) -> Self {
        let time = clock.map_or(Time::System, Time::Given);
        let token = TokenIdentity::new(access_key, fingerprint, dpop_key, &time);
        Self::from_entry(CredentialCache::global().entry(&token, None, || NewEntry {
            client: client(),
            policy: None,
            time,
        }))
    }

    /// Configures a store, a cache, a refresh policy or a clock.
    pub fn builder(client: impl OAuthClient) -> CredentialsBuilder {
        CredentialsBuilder::new(client.into_shared())
    }

    /// Returns the access token with all that came with it.
    ///
    /// # Errors
    ///
    /// The error of the token request; every waiting caller receives it. During the back-off after a failure it is that failure, and
    /// [`retry_after`](crate::Error::retry_after) says how long the back-off lasts.
    pub async fn token(&self) -> Result<OAuthToken> {
        match self.entry.cached_token() {
            Some(token) => Ok(token),
            None => self.acquire().await,
        }
    }

    /// Returns the headers that authorise a request.
    ///
    /// # Errors
    ///
    /// As [`token`](Self::token); [`is_configuration`](crate::Error::is_configuration) if the token is bound to a key: then call
    /// [`headers_for`](Self::headers_for).
    pub async fn headers(&self) -> Result<AuthorizationHeaders> {
        match self.entry.cached_token() {
            Some(token) => AuthorizationHeaders::bearer(token),
            None => self.acquire().await.and_then(AuthorizationHeaders::bearer),
        }
    }

    /// Returns the value of the `Authorization` header, marked sensitive: for a request that takes nothing else, at less cost than
    /// [`headers`](Self::headers). It is empty where `Authorization` is [left out](OAuthToken::without_authorization).
    ///
    /// A rejection of the token (401) is reported by [`refresh_rejected_token`](Self::refresh_rejected_token), which takes
    /// [`headers`](Self::headers).
    ///
    /// ```
    /// # use grantkit::prelude::*;
    /// # async fn example(credentials: Credentials, mut request: http::Request<()>) -> Result<()> {
    /// request.headers_mut().insert("authorization", credentials.authorization_header().await?);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`headers`](Self::headers).
    pub async fn authorization_header(&self) -> Result<HeaderValue> {
        if let Some(header) = self.entry.cached_header() {
            return header;
        }
        let headers = self.acquire().await.and_then(AuthorizationHeaders::bearer)?;
        Ok(headers.authorization().clone())
    }

    /// Returns the headers that authorise one request, for any kind of token. For a sender-constrained token (DPoP, RFC 9449) a proof
    /// is signed each time; for others it costs no more than [`headers`](Self::headers).
    ///
    /// Pass the answer's headers to [`AuthorizationHeaders::on_response`], for the nonce that may be in them.
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

    /// The headers, if the token is in the cache and needs no proof.
    #[cfg(feature = "tower")]
    pub(crate) fn cached_headers(&self) -> Option<AuthorizationHeaders> {
        self.entry.cached_token().and_then(|token| AuthorizationHeaders::bearer(token).ok())
    }

    /// Reports that an API rejected these headers (401), and returns new ones.
    ///
    /// If there is a newer token already, it is returned; else the token is refreshed once, however many callers report it. `None`
    /// if the token was refreshed on a rejection only just now: then the API rejects it for another reason than its age.
    ///
    /// # Errors
    ///
    /// As [`token`](Self::token). The rejected token stays in use, as the API may have been mistaken, unless the error
    /// [`needs_login`](crate::Error::needs_login) or [`is_configuration`](crate::Error::is_configuration): then no refresh will
    /// replace it, and all callers get that error until there is another token.
    pub async fn refresh_rejected_token(
        &self,
        rejected: &AuthorizationHeaders,
    ) -> Result<Option<AuthorizationHeaders>> {
        let Some(renewed) = Box::pin(self.entry.replace_rejected(rejected)).await? else { return Ok(None) };
        let headers = match rejected.request() {
            Some((method, url)) => {
                AuthorizationHeaders::for_request(self.entry.hand_out(&renewed), self.client(), method, url).await
            }
            None => AuthorizationHeaders::bearer(self.entry.hand_out(&renewed)),
        };
        headers.map(Some)
    }

    /// The same with headers for this request, whatever kind of token the refresh brings.
    pub(crate) async fn refresh_rejected_token_for(
        &self,
        rejected: &AuthorizationHeaders,
        method: &Method,
        url: &Url,
    ) -> Result<Option<AuthorizationHeaders>> {
        match Box::pin(self.entry.replace_rejected(rejected)).await? {
            Some(renewed) => {
                AuthorizationHeaders::for_request(self.entry.hand_out(&renewed), self.client(), method, url)
                    .await
                    .map(Some)
            }
            None => Ok(None),
        }
    }

    /// Refreshes a token that is still valid, as after the person's rights have changed at the server.
    ///
    /// One request is made however many callers ask for it, and a request that is under way is joined. It uses the refresh token if
    /// there is one. If processes share a [`TokenStore`](crate::store::TokenStore), a newer token of another process is taken instead.
    ///
    /// # Errors
    ///
    /// As [`token`](Self::token). The current token stays in use.
    pub async fn refresh(&self) -> Result<OAuthToken> {
        Ok(self.entry.hand_out(&*Box::pin(self.entry.refresh()).await?))
    }

    /// Graceful shutdown: waits for what would be lost if the program ended now. That is the answer to a request under way, which may
    /// bring the only successor of a refresh token, and a write that a [`TokenStore`](crate::store::TokenStore) has not received yet. It
    /// returns at once if there is neither.
    ///
    /// Call it before returning from `main`, or [`CredentialCache::settle`](crate::credentials::CredentialCache::settle) for all clients.
    /// It ends when the request's time-out is over.
    ///
    /// # Errors
    ///
    /// The store's error, or [`is_timeout`](crate::Error::is_timeout) of the request. A request that failed is no error here.
    pub async fn settle(&self) -> Result<()> {
        Box::pin(self.entry.settle()).await
    }

    /// Replaces the token by one that was obtained elsewhere, as by a login that was just finished.
    ///
    /// Waiting callers get this token. If it has expired and has a refresh token, that is used for the next caller: so is one that was
    /// configured, where the server has refused it, by mistake as it turned out, and it is not sent again by itself.
    ///
    /// # Errors
    ///
    /// [`is_invalid_response`](crate::Error::is_invalid_response) if it has expired and has no refresh token;
    /// [`is_configuration`](crate::Error::is_configuration) if it is bound to a key (DPoP) and the client has no key, or another one;
    /// [`is_security`](crate::Error::is_security) if it is not bound to a key, and the client's tokens are.
    ///
    /// Or the error of the [`TokenStore`](crate::store::TokenStore): then this process uses the token all the same, and stores it with
    /// the next refresh. If the program ends before, the token is lost.
    pub async fn put(&self, token: OAuthToken) -> Result<()> {
        check_key(&token, self.client())?;
        self.entry.put(token).await
    }

    /// Forgets the token and the refresh token: the next caller obtains a new token.
    ///
    /// A token that is being requested goes to the callers that wait for it already, and is not cached. Tokens in a
    /// [`TokenStore`](crate::store::TokenStore) are removed there as well, also those of a request under way in another process. Another
    /// process uses the access token that it holds until it expires or is rejected.
    ///
    /// # Errors
    ///
    /// The store's error: then this process has forgotten the tokens, and the store is told with the next request for a token. Without
    /// a store there are none.
    pub async fn clear(&self) -> Result<()> {
        self.entry.clear().await
    }

    /// The ID token of the login as it is known, for its end at the server: an expired token is not refreshed for it.
    #[cfg(feature = "axum")]
    pub(crate) async fn known_id_token(&self) -> Option<String> {
        self.entry.known_id_token().await
    }

    /// Whether this is the token that there is, expired or not.
    #[cfg(feature = "axum")]
    pub(crate) fn holds(&self, token: &OAuthToken) -> bool {
        self.entry.holds(token)
    }

    /// Forgets all, and gives the newest tokens of what is forgotten.
    pub(crate) async fn end_login(&self) -> (EndedLogin, Result<()>) {
        self.entry.end_login().await
    }

    /// Returns the credentials of the same client for these scopes alone, in place of those that it asks for itself: least privilege for
    /// one call or one part of a program. Their token is requested and cached apart; store, refresh policy and clock are these.
    ///
    /// Client credentials, token exchange and assertions can be asked for any scopes. A person's login cannot: it has the scopes that the
    /// person agreed to.
    ///
    /// ```
    /// # fn example(credentials: grantkit::Credentials) -> grantkit::Result<()> {
    /// let writing = credentials.with_scopes(["write:invoices"])?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](crate::Error::is_unsupported) where the client cannot choose the scopes of a token.
    pub fn with_scopes<S: AsRef<str>>(&self, scopes: impl IntoIterator<Item = S>) -> Result<Self> {
        let scopes: Vec<S> = scopes.into_iter().collect();
        let scopes: Vec<&str> = scopes.iter().map(AsRef::as_ref).collect();
        match self.entry.newest_client().with_scopes(&scopes) {
            Some(narrowed) => Ok(self.entry.configure(narrowed).build()),
            None => Err(Error::unsupported(format!(
                "the client {:?} cannot be asked for a token of other scopes ({}): a login has those that the person agreed to, so use its \
                 credentials as they are (an `#[api]` client by `with_one_token`); a client of your own needs \
                 `OAuthClient::with_scopes`",
                self.name(),
                scopes.join(" ")
            ))),
        }
    }

    /// Background refresh: refreshes the token ahead of its expiry also while no caller uses it; it does nothing until it is run.
    pub fn keep_fresh(&self) -> BackgroundRefresh {
        BackgroundRefresh::new([self])
    }

    /// The client's name.
    pub fn name(&self) -> &str {
        self.entry.client().name()
    }

    /// The statuses by which the API rejects the token.
    pub fn unauthorized_status_codes(&self) -> Vec<StatusCode> {
        self.entry.newest_client().unauthorized_status_codes()
    }

    /// The key that the client's tokens are bound to, if they are (RFC 9449).
    pub fn dpop_key(&self) -> Option<DpopKey> {
        self.entry.client().dpop_key()
    }

    /// What tells its token from those of other credentials.
    pub(crate) fn identity(&self) -> Fingerprint {
        self.entry.cache_key().identity()
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
