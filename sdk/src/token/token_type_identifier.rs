use std::borrow::Cow;
use std::fmt;

/// A token type of a token exchange: a URI (RFC 8693 §3).
///
/// Not to be confused with [`TokenType`](super::TokenType), which says how an access token is presented.
///
/// ```
/// use grantkit::token::TokenTypeIdentifier;
///
/// assert_eq!(TokenTypeIdentifier::from("urn:ietf:params:oauth:token-type:jwt"), TokenTypeIdentifier::JWT);
/// let of_a_vendor = TokenTypeIdentifier::from("urn:vendor:params:token-type:ticket");
/// assert_eq!(of_a_vendor.as_str(), "urn:vendor:params:token-type:ticket");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct TokenTypeIdentifier(Cow<'static, str>);

impl TokenTypeIdentifier {
    /// An OAuth 2.0 access token issued by this authorization server.
    pub const ACCESS_TOKEN: Self = Self::known("urn:ietf:params:oauth:token-type:access_token");
    /// An OAuth 2.0 refresh token issued by this authorization server.
    pub const REFRESH_TOKEN: Self = Self::known("urn:ietf:params:oauth:token-type:refresh_token");
    /// An ID token (OpenID Connect Core §2).
    pub const ID_TOKEN: Self = Self::known("urn:ietf:params:oauth:token-type:id_token");
    /// A SAML 1.1 assertion, base64url-encoded.
    pub const SAML1: Self = Self::known("urn:ietf:params:oauth:token-type:saml1");
    /// A SAML 2.0 assertion, base64url-encoded.
    pub const SAML2: Self = Self::known("urn:ietf:params:oauth:token-type:saml2");
    /// A JWT, whatever it is used for (RFC 7519).
    pub const JWT: Self = Self::known("urn:ietf:params:oauth:token-type:jwt");
    /// An identity assertion for another server (draft-ietf-oauth-identity-assertion-authz-grant).
    pub const ID_JAG: Self = Self::known("urn:ietf:params:oauth:token-type:id-jag");

    /// The URI.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    const fn known(uri: &'static str) -> Self {
        Self(Cow::Borrowed(uri))
    }
}

/// By its URI, known here or not.
impl From<&str> for TokenTypeIdentifier {
    fn from(uri: &str) -> Self {
        Self(Cow::Owned(uri.to_owned()))
    }
}

/// By its URI, known here or not.
impl From<String> for TokenTypeIdentifier {
    fn from(uri: String) -> Self {
        Self(Cow::Owned(uri))
    }
}

impl fmt::Display for TokenTypeIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for TokenTypeIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenTypeIdentifier({:?})", self.0)
    }
}
