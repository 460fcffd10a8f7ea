use std::sync::Arc;

use async_trait::async_trait;
use http::StatusCode;

use super::unidentified_client::Unidentified;
use super::{Credentials, InnerClient, RefreshKey};
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::keys::dpop::DpopKey;
use crate::time::Clock;
use crate::token::{OAuthToken, RefreshToken, RefreshTokenRotation};

/// Defines how one named client gets and refreshes its token; [`Credentials`] caches, shares and refreshes it.
///
/// Derive it (`#[derive(OAuthClient)]`) to use a provider, or implement it for a custom token source. The methods need not cache,
/// lock or retry: they are called only when a new token is needed.
///
/// ```
/// use std::time::Duration;
/// use grantkit::prelude::*;
///
/// #[derive(Clone)]
/// struct Partner;
///
/// #[async_trait]
/// impl OAuthClient for Partner {
///     fn name(&self) -> &str {
///         "partner"
///     }
///
///     async fn get_token(&self) -> Result<OAuthToken> {
///         Ok(OAuthToken::new("from-wherever-it-comes")?.with_expires_in(Duration::from_secs(600)))
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let credentials = Partner.credentials();
/// assert_eq!(credentials.headers().await?.authorization(), "Bearer from-wherever-it-comes");
/// # Ok(())
/// # }
/// ```
///
/// # One name, one token
///
/// The cache key of a token is [`access_key`](Self::access_key), [`fingerprint`](Self::fingerprint), and the store. Everything that a
/// token depends on, such as the tenant or the user, belongs into the fingerprint. A type that has fields and no fingerprint does not
/// share its token.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no `OAuthClient`",
    label = "gets no token under a name",
    note = "a grant of a `Client` is one once it has a name: `client.client_credentials().named(\"billing\")`",
    note = "a type of your own: `#[derive(OAuthClient)]`, or `#[async_trait] impl OAuthClient for ..`",
    note = "a provider by its name: `ProviderClient::from_env(\"github\", \"GITHUB\", ())`"
)]
#[async_trait]
pub trait OAuthClient: Send + Sync + 'static {
    /// The client's name, in cache keys and messages; the type's name unless overridden.
    fn name(&self) -> &str {
        short_type_name::<Self>()
    }

    /// Gets a new access token.
    ///
    /// # Errors
    ///
    /// Why there is no token; [`Error`] has a constructor for each class.
    async fn get_token(&self) -> Result<OAuthToken>; // `#[async_trait]` belongs above the `impl` of yours

    /// Gets a new access token with a refresh token. Unless overridden it is unsupported, and [`get_token`](Self::get_token) is used.
    ///
    /// If the answer has no refresh token, the old one is kept (RFC 6749 §6).
    ///
    /// # Errors
    ///
    /// As [`get_token`](Self::get_token). An error that [needs a login](Error::needs_login) means that the refresh token is not valid
    /// any more: it is forgotten, and `get_token` is called.
    async fn refresh_token(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        match self.inner() {
            Some(inner) => inner.refresh_token(refresh_token).await,
            None => Err(Error::unsupported(format!(
                "the client {:?} does not refresh tokens: implement `OAuthClient::refresh_token` for it",
                self.name()
            ))),
        }
    }

    /// Everything that the token depends on besides the name: tenant, user, scope, secret, …
    ///
    /// A type without fields has one value and needs none in one process; to keep its tokens in a
    /// [`TokenStore`](crate::store::TokenStore) it states its name: [`Fingerprint::of_type`], or [`Fingerprint::new`]. A type with fields
    /// has to say which of them count:
    ///
    /// ```
    /// # use grantkit::prelude::*;
    /// # use grantkit::credentials::Fingerprint;
    /// #[derive(Clone)]
    /// struct OnBehalfOf { user: String }
    ///
    /// #[async_trait]
    /// impl OAuthClient for OnBehalfOf {
    ///     fn fingerprint(&self) -> Fingerprint {
    ///         Fingerprint::new("user", &self.user) // or, where it is nothing: Fingerprint::of_type::<Self>()
    ///     }
    /// #   async fn get_token(&self) -> Result<OAuthToken> { OAuthToken::new("t") }
    ///     // …
    /// }
    /// ```
    ///
    /// Until it does, its tokens are not shared: [`Credentials::new`] gives each value a token of its own, and the handle of
    /// [`credentials`](Self::credentials) returns an error that says this.
    fn fingerprint(&self) -> Fingerprint {
        if size_of_val(self) == 0 { Fingerprint::of_unnamed_type::<Self>() } else { Fingerprint::unidentified() }
    }

    /// The client that this one wraps: every method that is not overridden is its, but for
    /// [`fingerprint`](Self::fingerprint), since the wrapper may make another token of it, and for
    /// [`refresh_key`](Self::refresh_key) where that differs. None unless overridden.
    ///
    /// ```
    /// # use grantkit::prelude::*;
    /// # use grantkit::credentials::{Fingerprint, InnerClient};
    /// /// Counts the tokens of a client.
    /// struct Counted<C> { client: C, count: std::sync::atomic::AtomicU64 }
    ///
    /// #[async_trait]
    /// impl<C: OAuthClient> OAuthClient for Counted<C> {
    ///     async fn get_token(&self) -> Result<OAuthToken> {
    ///         self.count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    ///         self.client.get_token().await
    ///     }
    ///
    ///     fn fingerprint(&self) -> Fingerprint {
    ///         self.client.fingerprint()
    ///     }
    ///
    ///     fn inner(&self) -> Option<InnerClient<'_>> {
    ///         Some(InnerClient::from(&self.client))
    ///     }
    /// }
    /// ```
    fn inner(&self) -> Option<InnerClient<'_>> {
        None
    }

    /// The key under which the access token is cached, together with the [`fingerprint`](Self::fingerprint).
    fn access_key(&self) -> String {
        match self.inner() {
            Some(inner) => inner.access_key(),
            None => format!("{}:access", self.name()),
        }
    }

    /// The key under which the refresh token is kept, together with the [`dpop_key`](Self::dpop_key) and the store.
    ///
    /// Clients that give the same key share one refresh token, as where one login serves several audiences. A wrapper has that of
    /// the client that it wraps as long as it has the same [`fingerprint`](Self::fingerprint), or the refresh token that was
    /// configured there; else it has its own, for another user's token may come with another login.
    ///
    /// Unless overridden all of the fingerprint counts, as by [`RefreshKey::with_fingerprint`]: in one process two types of one name, or clients of two
    /// transports, have two refresh tokens.
    fn refresh_key(&self) -> RefreshKey {
        let fingerprint = self.fingerprint();
        let Some(inner) = self.inner() else {
            return RefreshKey::new(format!("{}:refresh", self.name())).with_fingerprint(fingerprint);
        };
        let has_its_token = inner.configured_refresh_token().is_some_and(|token| {
            // One that is configured is one login, whatever is made of its tokens.
            self.configured_refresh_token().is_some_and(|own| own.secret() == token.secret())
        });
        let key = inner.refresh_key();
        if has_its_token || fingerprint == inner.fingerprint() { key } else { key.with_fingerprint(fingerprint) }
    }

    /// The refresh token that the program was configured with, for a client whose [`get_token`](Self::get_token) spends it; none
    /// unless overridden.
    ///
    /// Where tokens are kept in a [`TokenStore`](super::TokenStore), a refresh token that the server gave in its place is found
    /// there, and is used instead; `get_token` is not called then.
    fn configured_refresh_token(&self) -> Option<RefreshToken> {
        self.inner()?.configured_refresh_token()
    }

    /// The same client, asked for these scopes and no others, in place of those that it asks for itself; `None`, unless overridden,
    /// where a token's scopes are not its choice. [`Credentials::with_scopes`] calls it.
    ///
    /// The scopes belong into the [`fingerprint`](Self::fingerprint) of what it returns. A wrapper wraps what the client inside returns:
    /// none does so by itself, as it may make another token of it.
    fn with_scopes(&self, scopes: &[&str]) -> Option<Arc<dyn OAuthClient>> {
        let _ = scopes;
        None
    }

    /// The statuses by which the API says that it rejects the token; 401 unless overridden.
    fn unauthorized_status_codes(&self) -> Vec<StatusCode> {
        match self.inner() {
            Some(inner) => inner.unauthorized_status_codes(),
            None => vec![StatusCode::UNAUTHORIZED],
        }
    }

    /// The key that its tokens are bound to (DPoP, RFC 9449); none unless overridden.
    ///
    /// Always the same one: it is part of what tokens are cached under, and proofs are signed with it.
    fn dpop_key(&self) -> Option<DpopKey> {
        self.inner()?.dpop_key()
    }

    /// The clock that expiry is judged by and proofs of possession are made by; the machine's unless overridden.
    ///
    /// Always the same one: it is part of what tokens are cached under in this process.
    ///
    /// [`CredentialsBuilder::clock`](super::CredentialsBuilder::clock) takes its place for expiry.
    fn clock(&self) -> Option<Arc<dyn Clock>> {
        self.inner()?.clock()
    }

    /// Judges what [`refresh_token`](Self::refresh_token) brought, once the refresh token in it is kept; `subject` is the person
    /// whose login is in the store. An error keeps the access token from everyone, and the login as it now is.
    #[doc(hidden)]
    async fn check_refreshed(&self, token: OAuthToken, subject: Option<&str>) -> Result<OAuthToken> {
        match self.inner() {
            Some(inner) => inner.check_refreshed(token, subject).await,
            None => Ok(token),
        }
    }

    /// A token from a store, without the claims that this client would not have verified: another client of the same login, with rules of its
    /// own, may have put it there.
    #[doc(hidden)]
    fn check_stored(&self, token: OAuthToken) -> OAuthToken {
        match self.inner() {
            Some(inner) => inner.check_stored(token),
            None => token,
        }
    }

    /// The person whose login has just brought this token, to be kept with it.
    #[doc(hidden)]
    fn subject(&self, token: &OAuthToken) -> Option<String> {
        self.inner()?.subject(token)
    }

    /// What the server does with a refresh token that is used.
    #[doc(hidden)]
    fn refresh_token_rotation(&self) -> RefreshTokenRotation {
        self.inner().map_or(RefreshTokenRotation::Unknown, |inner| inner.refresh_token_rotation())
    }

    /// Whether it tells, from below, when the bytes of a refresh are about to leave. One that does not is taken to send them as
    /// soon as it is called.
    #[doc(hidden)]
    fn announces_sending(&self) -> bool {
        self.inner().is_some_and(|inner| inner.announces_sending())
    }

    /// The client as its handles share it; the derive makes a lasting one of a struct that only describes it.
    #[doc(hidden)]
    fn into_shared(self) -> Arc<dyn OAuthClient>
    where
        Self: Sized,
    {
        Arc::new(self)
    }

    /// The handle to hold: every handle of the same name and fingerprint shares one token.
    ///
    /// A client that cannot be cloned goes into [`Credentials::new`], or into an [`Arc`] first.
    ///
    /// Where the type has fields and no [`fingerprint`](Self::fingerprint), the handle gives no token, but an error that says so:
    /// neither is one token shared by all values, nor another one requested by each call.
    fn credentials(&self) -> Credentials
    where
        Self: Clone + Sized,
    {
        if self.fingerprint().is_unidentified() {
            Credentials::new(Unidentified::new(self))
        } else {
            Credentials::new(self.clone())
        }
    }

    /// The token: from the cache, else refreshed, else obtained.
    ///
    /// # Errors
    ///
    /// As [`Credentials::token`].
    async fn get_token_obj(&self) -> Result<OAuthToken>
    where
        Self: Clone + Sized,
    {
        self.credentials().token().await
    }

    /// Forgets the token and the refresh token.
    ///
    /// # Errors
    ///
    /// As [`Credentials::clear`].
    async fn clear_token(&self) -> Result<()>
    where
        Self: Clone + Sized,
    {
        self.credentials().clear().await
    }
}

/// A shared client is the client. Twice, as a trait object cannot be had of a type that is one already.
macro_rules! shared_client {
    ($shared:ty $(, $client:ident)?) => {
        #[async_trait]
        impl$(<$client: OAuthClient>)? OAuthClient for $shared {
            fn name(&self) -> &str {
                (**self).name()
            }

            async fn get_token(&self) -> Result<OAuthToken> {
                (**self).get_token().await
            }

            fn fingerprint(&self) -> Fingerprint {
                (**self).fingerprint()
            }

            fn inner(&self) -> Option<InnerClient<'_>> {
                Some(InnerClient::held(&**self))
            }

            fn with_scopes(&self, scopes: &[&str]) -> Option<Arc<dyn OAuthClient>> {
                (**self).with_scopes(scopes)
            }
        }
    };
}

shared_client!(Arc<T>, T);
shared_client!(Arc<dyn OAuthClient>);

/// `Billing` of `acme::clients::Billing<acme::Region>`.
fn short_type_name<T: ?Sized>() -> &'static str {
    let full = std::any::type_name::<T>();
    let without_parameters = full.split('<').next().unwrap_or(full);
    without_parameters.rsplit("::").next().unwrap_or(without_parameters)
}
