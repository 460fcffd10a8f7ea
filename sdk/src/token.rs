//! Tokens: what a token endpoint gives, and its parts.
//!
//! [`OAuthToken`] is an access token with all that came with it: [`AccessToken`], [`RefreshToken`], expiry, scope, claims. Secrets are wiped
//! from memory when they are dropped and never shown; to serialise a token is a deliberate call, [`StoredToken`].
//!
//! ```
//! use std::time::Duration;
//!
//! use grantkit::prelude::*;
//!
//! let token = OAuthToken::new("2YotnFZFEjr1zCsicMWpAA")?.with_expires_in(Duration::from_secs(3600));
//! assert!(!format!("{token:?}").contains("2YotnFZF"));
//! # Ok::<(), Error>(())
//! ```

mod accepted_token_types;
mod access_token;
mod exchanged;
mod expiry;
mod id_token_claims;
mod into_secret;
#[doc(hidden)]
pub mod misplaced;
mod next_refresh_token;
mod numeric_date;
mod parts;
mod refresh_token;
mod response;
mod rotation;
mod stored;
mod token_type;
mod token_type_identifier;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::{HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use zeroize::Zeroizing;

pub(crate) use accepted_token_types::AcceptedTokenTypes;
pub use access_token::AccessToken;
pub use exchanged::ExchangedToken;
pub use id_token_claims::IdTokenClaims;
#[cfg(feature = "oidc")]
pub(crate) use id_token_claims::claims_as;
pub use into_secret::IntoSecret;
pub use refresh_token::RefreshToken;
pub(crate) use response::token_response;
pub use rotation::RefreshTokenRotation;
pub use stored::StoredToken;
pub use token_type::TokenType;
pub use token_type_identifier::TokenTypeIdentifier;

#[allow(unused_imports, reason = "ID tokens are verified with the feature `oidc`")]
pub(crate) use numeric_date::numeric_date;

use self::parts::Parts;
use crate::error::Result;
use crate::lenient::{Members, wipe};
use crate::time;

/// An access token with its type, expiry, refresh token, scope and ID token (RFC 6749 §5.1).
///
/// A clone is cheap and shares the token's memory, which is wiped when the last clone goes. `Debug` shows no secret.
/// To write a token down, say so: [`to_stored`](Self::to_stored).
///
/// ```
/// use std::time::Duration;
/// use grantkit::OAuthToken;
///
/// let token = OAuthToken::new("mF_9.B5f-4.1JqM")?
///     .with_expires_in(Duration::from_secs(3600))
///     .with_refresh_token("tGzv3JOkF0XG5Qx2TlKWIA")
///     .with_scope("read:invoices");
/// assert_eq!(token.authorization_header(), "Bearer mF_9.B5f-4.1JqM");
/// assert!(!token.is_expired(Duration::from_secs(30)));
/// # Ok::<(), grantkit::Error>(())
/// ```
#[derive(Clone)]
pub struct OAuthToken(Arc<Parts>);

/// Making one.
impl OAuthToken {
    /// A bearer token without an expiry.
    ///
    /// # Errors
    ///
    /// [`is_invalid_response`](crate::Error::is_invalid_response) where the token is empty or holds a character that
    /// cannot stand in an `Authorization` header.
    pub fn new(access_token: impl Into<String>) -> Result<Self> {
        Self::with_type(access_token, TokenType::Bearer)
    }

    /// A token of the given type without an expiry.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn with_type(access_token: impl Into<String>, token_type: TokenType) -> Result<Self> {
        Self::of(&Zeroizing::new(access_token.into()), token_type)
    }

    /// Of a copy of this text.
    fn of(access_token: &str, token_type: TokenType) -> Result<Self> {
        Ok(Self(Arc::new(Parts {
            access_token: AccessToken::new(access_token, token_type)?,
            expires_in: None,
            expires_at: None,
            refresh_token: None,
            scope: None,
            further: None,
        })))
    }

    /// Reads the JSON of a token response (RFC 6749 §5.1); unknown members are kept in [`extra`](Self::extra).
    ///
    /// `expires_in` may be a number or a text of one, and a negative one is that of a token that has expired; `scope` a text or a list, and
    /// an optional member of another type counts as absent, as does an empty text.
    ///
    /// # Errors
    ///
    /// [`is_invalid_response`](crate::Error::is_invalid_response) where it is no such answer: no JSON object, no
    /// `access_token`, no `token_type` or an unknown one. The message names the member.
    pub fn from_response(json: &[u8]) -> Result<Self> {
        Self::read(token_response(json)?, &AcceptedTokenTypes::default())
    }

    /// The same of the [members](token_response) where other values of `token_type` were allowed.
    pub(crate) fn read(answer: Members<'_>, accepted: &AcceptedTokenTypes) -> Result<Self> {
        response::read(answer, accepted)
    }

    /// Adds the key that the token is bound to, by its [thumbprint](crate::keys::DpopKey::thumbprint) (RFC 9449 §6.1): then it
    /// is refused where another key would be used with it.
    pub fn with_key_thumbprint(self, thumbprint: impl Into<String>) -> Self {
        self.edit(|parts| parts.further_mut().key_thumbprint = Some(thumbprint.into().into_boxed_str()))
    }

    /// Sets how long the token is valid from now on.
    pub fn with_expires_in(self, lifetime: Duration) -> Self {
        self.with_lifetime(lifetime, time::wall_clock())
    }

    /// Sets until when the token is valid.
    pub fn with_expires_at(self, expires_at: SystemTime) -> Self {
        self.edit(|parts| {
            parts.expires_in = None;
            parts.expires_at = Some(expires_at);
        })
    }

    /// Adds a refresh token.
    pub fn with_refresh_token(self, refresh_token: impl Into<RefreshToken>) -> Self {
        self.edit(|parts| parts.refresh_token = Some(refresh_token.into()))
    }

    /// Adds its scope: space-separated, as in RFC 6749 §3.3.
    pub fn with_scope(self, scope: impl Into<String>) -> Self {
        self.edit(|parts| parts.scope = Some(scope.into().into_boxed_str()))
    }

    /// Adds an ID token (OpenID Connect Core §2), which is not verified here.
    pub fn with_id_token(self, id_token: impl IntoSecret) -> Self {
        self.edit(|parts| {
            parts.further_mut().id_token = Some(id_token.into());
            parts.further_mut().id_token_claims = None;
        })
    }

    /// Adds a member of the answer.
    pub fn with_extra(self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.edit(|parts| {
            if let Some(mut replaced) = parts.further_mut().extra.insert(name.into(), value.into()) {
                wipe(&mut replaced);
            }
        })
    }

    /// Adds a header that goes with the token to each API, unless the request has one of that name: the project that is charged, say
    /// (Google's `x-goog-user-project`). It takes the place of one of the same name.
    pub fn with_request_header(self, name: HeaderName, value: HeaderValue) -> Self {
        self.edit(|parts| {
            parts.further_mut().request_headers.retain(|(other, _)| *other != name);
            parts.further_mut().request_headers.push((name, value));
        })
    }
}

/// Has credentials of another kind than OAuth's.
impl OAuthToken {
    /// Leaves `Authorization` out of requests: what an API has to see stands in the
    /// [headers that go with the token](Self::with_request_header), as an API key does, or it has to see nothing. The value by
    /// itself ([`authorization_header`](Self::authorization_header)) is empty.
    ///
    /// ```
    /// use grantkit::OAuthToken;
    /// use http::{HeaderName, HeaderValue};
    ///
    /// let key = OAuthToken::new("key-1")?
    ///     .without_authorization()
    ///     .with_request_header(HeaderName::from_static("x-api-key"), HeaderValue::from_static("key-1"));
    /// assert_eq!(key.authorization_header(), "");
    /// # Ok::<(), grantkit::Error>(())
    /// ```
    pub fn without_authorization(self) -> Self {
        self.edit(|parts| parts.further_mut().is_withheld = true)
    }

    /// Whether [`Authorization` is left out](Self::without_authorization).
    pub(crate) fn is_withheld(&self) -> bool {
        self.0.further().is_withheld
    }

    /// The value of `Authorization`.
    pub(crate) fn authorization(&self) -> &HeaderValue {
        static NONE: HeaderValue = HeaderValue::from_static("");
        if self.is_withheld() { &NONE } else { self.0.access_token.header() }
    }
}

/// Reading one.
impl OAuthToken {
    /// The access token itself.
    pub fn access_token(&self) -> &AccessToken {
        &self.0.access_token
    }

    /// The token's type: how it is presented to an API.
    pub fn token_type(&self) -> TokenType {
        self.0.access_token.token_type()
    }

    /// The thumbprint of the key that the token is bound to (DPoP); `None` if it is not bound to a key, or the key is not known.
    pub fn key_thumbprint(&self) -> Option<&str> {
        self.0.further().key_thumbprint.as_deref()
    }

    /// The lifetime as the server stated it, counted from when the token was received.
    pub fn expires_in(&self) -> Option<Duration> {
        self.0.expires_in
    }

    /// When the token expires, by this machine's wall clock; `None` where the server did not say.
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.0.expires_at
    }

    /// Whether the token has expired, or will within `leeway`. A token without an expiry never has.
    pub fn is_expired(&self, leeway: Duration) -> bool {
        self.0.expires_at.is_some_and(|expires_at| expiry::is_past(expires_at, leeway, time::wall_clock()))
    }

    /// The refresh token that came with it.
    pub fn refresh_token(&self) -> Option<&RefreshToken> {
        self.0.refresh_token.as_ref()
    }

    /// The granted scope, space-separated; `None` if the server granted the requested scope (RFC 6749 §5.1).
    pub fn scope(&self) -> Option<&str> {
        self.0.scope.as_deref()
    }

    /// Whether a scope was granted; `true` if the server names none, as it granted the requested scope then (RFC 6749 §5.1).
    pub fn has_scope(&self, name: &str) -> bool {
        self.scope().is_none_or(|granted| granted.split(' ').any(|scope| scope == name))
    }

    /// The granted authorization details (RFC 9396 §7), as a custom type; `None` where the answer has no `authorization_details`.
    ///
    /// # Errors
    ///
    /// [`is_invalid_response`](crate::Error::is_invalid_response) where they are no list of that type.
    pub fn authorization_details<T: serde::de::DeserializeOwned>(&self) -> Result<Option<Vec<T>>> {
        crate::lenient::typed_list(self.extra().get("authorization_details"), "authorization_details")
    }

    /// The ID token as it was received, a JWT.
    pub fn id_token(&self) -> Option<&str> {
        self.0.further().id_token.as_ref().map(SecretString::expose_secret)
    }

    /// The claims of the [ID token](Self::id_token), once it was verified: at a login, and after each refresh that brings a new one
    /// (OpenID Connect Core §12.2). `None` where none came with this token, or where it could not be verified; also where it came from a store,
    /// and its algorithm, encryption, issuer, audience or lack of `auth_time` is not what this client accepts.
    ///
    /// ```
    /// # async fn example(credentials: grantkit::Credentials) -> grantkit::Result<()> {
    /// let token = credentials.token().await?;
    /// let groups = token.id_token_claims().and_then(|claims| claims.get("groups"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn id_token_claims(&self) -> Option<&IdTokenClaims> {
        self.0.further().id_token_claims.as_ref()
    }

    /// Any further members of the answer.
    pub fn extra(&self) -> &BTreeMap<String, Value> {
        &self.0.further().extra
    }

    /// The `Authorization` header that presents the token, marked sensitive.
    pub fn authorization_header(&self) -> HeaderValue {
        self.authorization().clone()
    }

    /// The headers that go with the token to each API, beside `Authorization`.
    pub fn request_headers(&self) -> &[(HeaderName, HeaderValue)] {
        &self.0.further().request_headers
    }

    /// The token in a form that serialises, with its secrets; the `expires_in` becomes an `expires_at`.
    pub fn to_stored(&self) -> StoredToken {
        StoredToken::from(self)
    }
}

impl OAuthToken {
    /// [`AccessToken::ath`], computed once where the token is one that proofs go with.
    pub(crate) fn ath(&self) -> Cow<'_, str> {
        match &self.0.further {
            Some(further) => (**further.ath.get_or_init(|| self.access_token().ath().into())).into(),
            None => self.access_token().ath().into(),
        }
    }

    /// `lifetime` counts from `received_at`.
    pub(crate) fn with_lifetime(self, lifetime: Duration, received_at: SystemTime) -> Self {
        self.edit(|parts| {
            parts.expires_in = Some(lifetime);
            parts.expires_at = received_at.checked_add(lifetime);
        })
    }

    /// With what its ID token says, which has been verified.
    pub(crate) fn with_id_token_claims(self, claims: IdTokenClaims) -> Self {
        self.edit(|parts| parts.further_mut().id_token_claims = Some(claims))
    }

    /// Without what its ID token says, which could not be verified.
    pub(crate) fn without_id_token_claims(self) -> Self {
        self.edit(|parts| parts.further_mut().id_token_claims = None)
    }

    /// With the scope that its refresh token was granted with: what the server named, or else what was asked for (RFC 6749 §5.1).
    pub(crate) fn with_scope_of_login(self, asked: Option<&str>) -> Self {
        if self.0.refresh_token.as_ref().is_none_or(|refresh_token| refresh_token.scope().is_some()) {
            return self;
        }
        self.edit(|parts| {
            let refresh_token = parts.refresh_token.take();
            parts.refresh_token = refresh_token.map(|token| token.or_scope(parts.scope.as_deref()).or_scope(asked));
        })
    }

    /// With the scope of the refresh token that it was got with, which its own keeps (RFC 6749 §6).
    pub(crate) fn with_scope_of_refresh_token(self, before: &RefreshToken) -> Self {
        if self.0.refresh_token.is_none() || before.scope().is_none() {
            return self;
        }
        self.edit(|parts| parts.refresh_token = parts.refresh_token.take().map(|token| token.or_scope(before.scope())))
    }

    /// The refresh token as the login keeps it, with the scope that was granted.
    pub(crate) fn granted_refresh_token(&self) -> Option<RefreshToken> {
        self.refresh_token().map(|refresh_token| refresh_token.clone().or_scope(self.scope()))
    }

    /// A copy that shares no memory with this one, for another thread to count its own references on.
    pub(crate) fn unshared(&self) -> Self {
        let mut parts = Parts::clone(&self.0);
        parts.access_token = parts.access_token.unshared();
        Self(Arc::new(parts))
    }

    fn edit(mut self, change: impl FnOnce(&mut Parts)) -> Self {
        change(Arc::make_mut(&mut self.0));
        self
    }
}

impl fmt::Debug for OAuthToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuthToken")
            .field("access_token", &self.0.access_token)
            .field("expires_at", &self.0.expires_at)
            .field("refresh_token", &self.0.refresh_token)
            .field("scope", &self.0.scope)
            .field("id_token", &self.0.further().id_token.as_ref().map(|_| "[redacted]"))
            .field("extra", &self.0.further().extra.keys().collect::<Vec<_>>())
            .finish()
    }
}
