use std::fmt;
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use secrecy::ExposeSecret as _;
use url::Url;

use super::{Assertion, Login};
use crate::client_auth::AssertionSource;
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::time::Time;
use crate::token::IntoSecret;
use crate::token::{AccessToken, ExchangedToken, OAuthToken, RefreshToken, TokenTypeIdentifier};
use crate::wire::Form;

/// A token that is exchanged for another, with its type (RFC 8693 §2.1): the subject's, or the actor's.
///
/// The typed tokens of this crate know their type: an [`OAuthToken`] or [`AccessToken`], a [`RefreshToken`], an
/// [`ExchangedToken`], and [`Credentials`](crate::Credentials), whose current access token is used each time.
///
/// ```
/// use grantkit::grant::SecurityToken;
/// use grantkit::token::TokenTypeIdentifier;
/// use grantkit::OAuthToken;
///
/// let token = OAuthToken::new("of-the-user")?;
/// assert_eq!(SecurityToken::from(&token).token_type(), &TokenTypeIdentifier::ACCESS_TOKEN);
/// let ticket = SecurityToken::new(TokenTypeIdentifier::from("urn:vendor:params:token-type:ticket"), "t1cket");
/// # Ok::<(), grantkit::Error>(())
/// ```
#[derive(Clone)]
pub struct SecurityToken {
    token_type: TokenTypeIdentifier,
    text: Assertion,
    expires_at: Option<SystemTime>,
}

impl SecurityToken {
    /// A token of any type, as it is sent; the type is no text, so that the two are not mistaken for each other.
    pub fn new(token_type: TokenTypeIdentifier, text: impl IntoSecret) -> Self {
        Self::with_text(token_type, text.into().into())
    }

    /// An ID token, as from [`OAuthToken::id_token`].
    pub fn id_token(text: impl IntoSecret) -> Self {
        Self::new(TokenTypeIdentifier::ID_TOKEN, text)
    }

    /// The ID token of a login.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the login brought none.
    pub fn from_login(login: &Login) -> Result<Self> {
        login.token().id_token().map(Self::id_token).ok_or_else(|| {
            Error::configuration("the login brought no ID token: ask for the scope `openid`, at an OpenID provider")
        })
    }

    /// A JWT for any use.
    pub fn jwt(text: impl IntoSecret) -> Self {
        Self::new(TokenTypeIdentifier::JWT, text)
    }

    /// A SAML 2.0 assertion in XML, which is sent base64url-encoded (RFC 8693 §3).
    pub fn saml2(xml: &str) -> Self {
        Self::new(TokenTypeIdentifier::SAML2, BASE64_URL_SAFE_NO_PAD.encode(xml))
    }

    /// A token that a source supplies for each request: a projected token of Kubernetes
    /// ([`AssertionFile`](crate::client_auth::AssertionFile)), the identity of a cloud workload.
    ///
    /// Its [`identity`](AssertionSource::identity) is part of the token's identity. If it
    /// [speaks for this machine](AssertionSource::speaks_for_this_machine), the tokens are put into no store.
    pub fn from_source(token_type: impl Into<TokenTypeIdentifier>, source: impl AssertionSource + 'static) -> Self {
        Self::with_text(token_type.into(), Assertion::from_source(source))
    }

    /// The type of the token.
    pub fn token_type(&self) -> &TokenTypeIdentifier {
        &self.token_type
    }

    pub(crate) fn with_text(token_type: TokenTypeIdentifier, text: Assertion) -> Self {
        Self { token_type, text, expires_at: None }
    }

    /// As `subject_token` and `subject_token_type`, or as `actor_…`.
    pub(super) async fn push(
        &self,
        [name, type_name]: [&'static str; 2],
        audience: &str,
        time: &Time,
        form: &mut Form,
    ) -> Result<()> {
        check(&self.token_type)?;
        form.push_secret(name, self.text.text(audience, time).await?.expose_secret());
        form.push(type_name, self.token_type.as_str());
        Ok(())
    }

    /// Some servers let a refresh token be used once, for whatever.
    pub(super) fn may_be_spent(&self) -> bool {
        self.token_type == TokenTypeIdentifier::REFRESH_TOKEN
    }

    pub(super) fn has_expired(&self) -> bool {
        self.expires_at.is_some_and(|expires_at| expires_at.elapsed().unwrap_or(Duration::ZERO) > Duration::ZERO)
    }

    /// `audience` is the assertion's audience, if it comes from a source.
    pub(super) fn fingerprint(&self, audience: &str) -> Fingerprint {
        let Self { token_type, text, expires_at: _ } = self;
        let builder = Fingerprint::builder().parameter("type", token_type.as_str());
        builder.part("text", text.fingerprint(audience)).build()
    }
}

/// Refuses what names no type of token (RFC 8693 §3).
pub(super) fn check(token_type: &TokenTypeIdentifier) -> Result<()> {
    Url::parse(token_type.as_str()).map(drop).map_err(|_| {
        Error::configuration(format!(
            "{:?} is not a token type: one is an absolute URI (RFC 8693 §3), as `TokenTypeIdentifier::ACCESS_TOKEN` is",
            token_type.as_str()
        ))
    })
}

impl From<&OAuthToken> for SecurityToken {
    fn from(token: &OAuthToken) -> Self {
        Self { expires_at: token.expires_at(), ..Self::from(token.access_token()) }
    }
}

impl From<&AccessToken> for SecurityToken {
    fn from(token: &AccessToken) -> Self {
        Self::new(TokenTypeIdentifier::ACCESS_TOKEN, token.secret())
    }
}

impl From<&RefreshToken> for SecurityToken {
    fn from(token: &RefreshToken) -> Self {
        Self::new(TokenTypeIdentifier::REFRESH_TOKEN, token.secret())
    }
}

impl From<&ExchangedToken> for SecurityToken {
    fn from(token: &ExchangedToken) -> Self {
        let expires_at = token.expires_at();
        Self { expires_at, ..Self::new(token.issued_token_type().clone(), token.secret()) }
    }
}

impl fmt::Debug for SecurityToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecurityToken").field("token_type", &self.token_type).finish_non_exhaustive()
    }
}
