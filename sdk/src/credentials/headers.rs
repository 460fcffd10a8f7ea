use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};

/// The headers that authorise one request; they know which token they are of.
///
/// The value is marked sensitive: `Debug` does not show it, and HTTP/2 does not index it.
#[derive(Clone, Debug)]
pub struct AuthorizationHeaders {
    authorization: HeaderValue,
    generation: u64,
}

impl AuthorizationHeaders {
    pub(super) fn new(authorization: HeaderValue, generation: u64) -> Self {
        Self { authorization, generation }
    }

    /// The value of the `Authorization` header.
    pub fn authorization(&self) -> &HeaderValue {
        &self.authorization
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
        headers.insert(AUTHORIZATION, self.authorization);
    }

    /// Which of the slot's tokens this is.
    pub(super) fn generation(&self) -> u64 {
        self.generation
    }
}

impl IntoIterator for AuthorizationHeaders {
    type Item = (HeaderName, HeaderValue);
    type IntoIter = std::iter::Once<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        std::iter::once((AUTHORIZATION, self.authorization))
    }
}
