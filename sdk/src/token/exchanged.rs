use std::collections::BTreeMap;
use std::fmt;
use std::time::SystemTime;

use serde_json::Value;

use super::{AcceptedTokenTypes, OAuthToken, RefreshToken, TokenTypeIdentifier};
use crate::error::{Error, Result};
use crate::lenient::Members;

/// The result of a token exchange (RFC 8693 §2.2.1): an access token, or a token of another type.
///
/// Only an access token can be presented to an API, and only one that is comes out as an [`OAuthToken`]: what the server
/// calls `N_A`, an ID token or a SAML assertion for example, goes to its recipient by its [`secret`](Self::secret), into another
/// exchange, or into an [`Assertion`](crate::grant::Assertion).
#[derive(Clone)]
pub struct ExchangedToken {
    /// Even where it is no access token: it is not handed out then.
    token: OAuthToken,
    is_access_token: bool,
    issued_token_type: TokenTypeIdentifier,
}

impl ExchangedToken {
    /// Reads the answer.
    pub(crate) fn read(answer: Members<'_>, accepted: &AcceptedTokenTypes) -> Result<Self> {
        let (token, is_access_token) = super::response::read_exchanged(answer, accepted)?;
        let issued_token_type = match token.extra().get("issued_token_type") {
            Some(Value::String(uri)) => uri.as_str().into(),
            // It is required, and some servers leave it out; what they issue can only be one thing.
            None if is_access_token => TokenTypeIdentifier::ACCESS_TOKEN,
            None => return Err(Error::invalid_response("the token exchange response has no `issued_token_type`")),
            Some(_) => {
                return Err(Error::invalid_response(
                    "the token exchange response has an `issued_token_type` that is not text",
                ));
            }
        };
        Ok(Self { token, is_access_token, issued_token_type })
    }

    /// With the key that it is bound to, if it is an access token.
    pub(crate) fn with_key_thumbprint(self, thumbprint: &str) -> Self {
        if self.is_access_token { Self { token: self.token.with_key_thumbprint(thumbprint), ..self } } else { self }
    }

    /// With the scope that its refresh token was granted with.
    pub(crate) fn with_scope_of_login(self, asked: Option<&str>) -> Self {
        Self { token: self.token.with_scope_of_login(asked), ..self }
    }

    /// The type of the issued token; the server may choose another than was requested.
    pub fn issued_token_type(&self) -> &TokenTypeIdentifier {
        &self.issued_token_type
    }

    /// The access token; `None` where it is a token of another kind.
    pub fn access_token(&self) -> Option<&OAuthToken> {
        self.is_access_token.then_some(&self.token)
    }

    /// The access token.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it is a token of another kind, which no API takes.
    pub fn into_access_token(self) -> Result<OAuthToken> {
        if self.is_access_token {
            return Ok(self.token);
        }
        Err(Error::configuration(format!(
            "the exchange issued a token of the type {}, which is not an access token (`token_type` is N_A): ask for an access \
             token, or take what was issued by `exchange()`",
            self.issued_token_type
        )))
    }

    /// The text of the token, of whatever kind: a secret, handle it as one.
    pub fn secret(&self) -> &str {
        self.token.access_token().secret()
    }

    /// When it expires, by this machine's wall clock; `None` where the server did not say.
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.token.expires_at()
    }

    /// The granted scope, space-separated; `None` if it is the requested scope.
    pub fn scope(&self) -> Option<&str> {
        self.token.scope()
    }

    /// The refresh token that came with it.
    pub fn refresh_token(&self) -> Option<&RefreshToken> {
        self.token.refresh_token()
    }

    /// Any further members of the answer.
    pub fn extra(&self) -> &BTreeMap<String, Value> {
        self.token.extra()
    }
}

impl fmt::Debug for ExchangedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExchangedToken")
            .field("issued_token_type", &self.issued_token_type)
            .field("is_access_token", &self.is_access_token)
            .field("expires_at", &self.expires_at())
            .finish_non_exhaustive()
    }
}
