use std::sync::Arc;
use std::time::Duration;

use grantkit::credentials::{CredentialCache, Fingerprint};
use grantkit::prelude::*;

use crate::once;

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
        let fingerprint = Fingerprint::builder().parameter("tenant", tenant.to_string()).build();
        Self { name: format!("tenant-{tenant}").into(), fingerprint }
    }
}

#[async_trait]
impl OAuthClient for Fixed {
    fn name(&self) -> &str {
        &self.name
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        Ok(OAuthToken::new(long_token(&self.name))?.with_expires_in(Duration::from_hours(1)))
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
    let token = once!(client.get_token()).unwrap_or_else(|| OAuthToken::new("not-reached"))?;
    let credentials = Credentials::builder(client).cache(cache).build();
    once!(credentials.put(token)).transpose()?;
    Ok(credentials)
}

/// What a future has ready at its first poll; polled where it is made, as `.await` does it.
#[macro_export]
macro_rules! once {
    ($future:expr) => {
        match ::std::future::Future::poll(
            ::std::pin::pin!($future),
            &mut ::std::task::Context::from_waker(::std::task::Waker::noop()),
        ) {
            ::std::task::Poll::Ready(output) => Some(output),
            ::std::task::Poll::Pending => None,
        }
    };
}
