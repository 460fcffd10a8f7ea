use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use super::OAuthClient;

/// A client that another one wraps: what [`OAuthClient::inner`] gives.
pub struct InnerClient<'a>(Inner<'a>);

enum Inner<'a> {
    EntryHandle(&'a (dyn OAuthClient + 'static)),
    Made(Arc<dyn OAuthClient>),
}

/// One that the wrapper holds.
impl<'a, C: OAuthClient> From<&'a C> for InnerClient<'a> {
    fn from(client: &'a C) -> Self {
        Self(Inner::EntryHandle(client))
    }
}

/// One that the wrapper does not hold, but can make.
impl From<Arc<dyn OAuthClient>> for InnerClient<'_> {
    fn from(client: Arc<dyn OAuthClient>) -> Self {
        Self(Inner::Made(client))
    }
}

impl<'a> InnerClient<'a> {
    pub(crate) fn held(client: &'a (dyn OAuthClient + 'static)) -> Self {
        Self(Inner::EntryHandle(client))
    }
}

impl Deref for InnerClient<'_> {
    type Target = dyn OAuthClient;

    fn deref(&self) -> &Self::Target {
        match &self.0 {
            Inner::EntryHandle(client) => *client,
            Inner::Made(client) => &**client,
        }
    }
}

impl fmt::Debug for InnerClient<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("InnerClient").field(&self.name()).finish()
    }
}
