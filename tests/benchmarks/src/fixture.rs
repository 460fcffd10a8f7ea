use std::future::Future;
use std::hint::black_box;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use grantkit::prelude::*;
use grantkit::{CredentialCache, Fingerprint};

/// The length of a usual JWT.
pub const TOKEN_LENGTH: usize = 900;

/// A client of a tenant that always has a token.
#[derive(Clone, Debug)]
pub struct Fixed {
    name: Arc<str>,
    fingerprint: Fingerprint,
}

impl Fixed {
    /// The client of this tenant.
    pub fn of_tenant(tenant: usize) -> Self {
        let fingerprint = Fingerprint::builder().parameter("tenant", tenant.to_string()).finish();
        Self { name: format!("tenant-{tenant}").into(), fingerprint }
    }
}

#[async_trait]
impl OAuthClient for Fixed {
    fn name(&self) -> &str {
        &self.name
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        Ok(OAuthToken::new(long_token(&self.name))?.with_expires_in(Duration::from_secs(3600)))
    }

    fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }
}

/// A token of the usual length.
pub fn long_token(start: &str) -> String {
    format!("{start:.<TOKEN_LENGTH$}")
}

/// Credentials of the client in the cache, with their token.
pub fn credentials(client: Fixed, cache: &CredentialCache) -> Result<Credentials> {
    let token = once(client.get_token()).unwrap_or_else(|| OAuthToken::new("not-reached"))?;
    let credentials = Credentials::builder(client).cache(cache).build();
    once(credentials.put(token)).transpose()?;
    Ok(credentials)
}

/// What the future has ready at its first poll.
#[inline]
pub fn once<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(black_box(Waker::noop()))) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}
