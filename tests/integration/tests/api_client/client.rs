//! A client whose tokens are `t1`, `t2`, …

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use grantkit::credentials::{CredentialCache, Fingerprint};
use grantkit::{ApiClient, Credentials, Error, OAuthClient, OAuthToken, Result};

type Make = dyn Fn(usize) -> Result<String> + Send + Sync;

#[derive(Clone)]
pub(crate) struct Numbered {
    asked: Arc<AtomicUsize>,
    make: Arc<Make>,
    /// How long the first request takes, the second, …; none unless said.
    pub(crate) latencies: Vec<Duration>,
}

impl Numbered {
    pub(crate) fn new() -> Self {
        Self::making(|number| Ok(format!("t{number}")))
    }

    /// `make` gets the number of the request, from 1.
    pub(crate) fn making(make: impl Fn(usize) -> Result<String> + Send + Sync + 'static) -> Self {
        Self { asked: Arc::default(), make: Arc::new(make), latencies: Vec::new() }
    }

    /// One good token, and then this.
    pub(crate) fn then_failing(error: impl Fn() -> Error + Send + Sync + 'static) -> Self {
        Self::making(move |number| if number == 1 { Ok("t1".into()) } else { Err(error()) })
    }

    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// In a cache of their own.
    pub(crate) fn credentials(&self) -> Credentials {
        Credentials::builder(self.clone()).cache(&CredentialCache::new(1, None)).build()
    }
}

#[async_trait]
impl OAuthClient for Numbered {
    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of_type::<Self>()
    }

    fn name(&self) -> &'static str {
        "numbered"
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        if let Some(latency) = self.latencies.get(number - 1).filter(|latency| !latency.is_zero()) {
            tokio::time::sleep(*latency).await;
        }
        Ok(OAuthToken::new((self.make)(number)?)?.with_expires_in(Duration::from_hours(1)))
    }
}

pub(crate) fn api(base: &str) -> ApiClient {
    ApiClient::new(base, Numbered::new().credentials()).unwrap()
}
