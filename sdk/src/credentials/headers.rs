use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::token::OAuthToken;

/// The headers that authorise one request; they know which token they are of.
///
/// The value is marked sensitive: `Debug` does not show it, and HTTP/2 does not index it. It is made ready once for each
/// token.
#[derive(Clone, Debug)]
pub struct AuthorizationHeaders(OAuthToken);

impl AuthorizationHeaders {
    #[inline]
    pub(super) fn new(token: OAuthToken) -> Self {
        Self(token)
    }

    /// The value of the `Authorization` header.
    pub fn authorization(&self) -> &HeaderValue {
        self.0.access_token().header()
    }

    /// Puts the headers onto a request, in place of any that are there.
    ///
    /// ```
    /// # use grantkit::prelude::*;
    /// # async fn example(credentials: Credentials, mut request: http::Request<()>) -> Result<()> {
    /// credentials.headers().await?.apply(request.headers_mut());
    /// # Ok(())
    /// # }
    /// ```
    pub fn apply(self, headers: &mut HeaderMap) {
        headers.insert(AUTHORIZATION, self.authorization().clone());
    }

    pub(super) fn are_of(&self, token: &OAuthToken) -> bool {
        self.0.access_token() == token.access_token()
    }
}

impl IntoIterator for AuthorizationHeaders {
    type Item = (HeaderName, HeaderValue);
    type IntoIter = std::iter::Once<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        std::iter::once((AUTHORIZATION, self.authorization().clone()))
    }
}
