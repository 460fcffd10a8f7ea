use std::fmt;

use crate::error::Result;
use crate::fingerprint::Fingerprint;
use crate::grant::{RequestParameters, TokenEndpoint};
#[cfg(feature = "oidc")]
use crate::oidc::{Expected, IdTokenClaims, IdTokenVerifier};
use crate::token::{OAuthToken, RefreshToken};

/// A person has logged in: the token, and who it is.
#[derive(Clone)]
pub struct Login {
    pub(super) token: OAuthToken,
    pub(super) refresh: LoginRefresh,
}

impl Login {
    /// The token, with its refresh token if there is one.
    pub fn token(&self) -> &OAuthToken {
        &self.token
    }

    /// What the verified ID token says of the person; `None` unless the scope `openid` was asked for.
    #[cfg(feature = "oidc")]
    pub fn claims(&self) -> Option<&IdTokenClaims> {
        self.refresh.claims.as_ref()
    }

    pub(crate) fn into_parts(self) -> (OAuthToken, LoginRefresh) {
        (self.token, self.refresh)
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login").field("token", &self.token).finish_non_exhaustive()
    }
}

/// How the token of a login is refreshed, without the person.
#[derive(Clone)]
pub(crate) struct LoginRefresh {
    pub(super) token_endpoint: TokenEndpoint,
    pub(super) parameters: RequestParameters,
    /// Tells this login from every other.
    pub(super) fingerprint: Fingerprint,
    #[cfg(feature = "oidc")]
    pub(super) claims: Option<IdTokenClaims>,
    #[cfg(feature = "oidc")]
    pub(super) id_tokens: Option<IdTokenVerifier>,
}

impl LoginRefresh {
    pub(crate) fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// The scope stays what it was: it is not sent again (RFC 6749 §6).
    pub(crate) async fn refresh(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        let token = self.token_endpoint.refresh(refresh_token, &self.parameters).await?;
        #[cfg(feature = "oidc")]
        self.check_subject(&token).await?;
        Ok(token)
    }

    /// A new ID token must be of the same person (OpenID Connect Core §12.2).
    #[cfg(feature = "oidc")]
    async fn check_subject(&self, token: &OAuthToken) -> Result<()> {
        if let (Some(id_token), Some(claims), Some(verifier)) = (token.id_token(), &self.claims, &self.id_tokens) {
            let expected = Expected {
                subject: Some(claims.subject()),
                access_token: Some(token.access_token().secret()),
                ..Expected::default()
            };
            return match verifier.verify(id_token, expected).await {
                Err(error) if error.is_security() => Err(error),
                // Where the keys cannot be had, what came over TLS from the token endpoint has to do (OpenID Connect Core
                // §3.1.3.7, 6): an error would throw away the new refresh token, and with it the login.
                Ok(_) | Err(_) => Ok(()),
            };
        }
        Ok(())
    }
}
