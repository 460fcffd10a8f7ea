//! The pause after an error that needs a login: a login of another process ends it, and nothing else is tried meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use grantkit::credentials::{CredentialCache, Fingerprint, RefreshPolicy};
use grantkit::prelude::*;
use grantkit::store::MemoryStore;

use crate::issuer::Issuer;
use crate::source::text;

fn long() -> RefreshPolicy {
    RefreshPolicy::default().with_backoff(Duration::from_mins(50), Duration::from_mins(50))
}

/// A login without a refresh token is one, too.
#[tokio::test]
async fn an_access_token_of_another_process_is_seen_at_once() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let [one, other] = [(); 2].map(|()| issuer.person().process_with(store.clone(), long()));
    assert!(text(&one).await.unwrap_err().needs_login());
    other.put(OAuthToken::new("given").unwrap().with_expires_in(Duration::from_hours(1))).await.unwrap();
    assert_eq!(text(&one).await.unwrap(), "given");
    assert_eq!(issuer.requests().len(), 0);
}

/// Says each time that a person has to log in.
#[derive(Clone, Default)]
struct NobodyThere {
    asked: Arc<AtomicUsize>,
}

#[async_trait]
impl OAuthClient for NobodyThere {
    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of_type::<Self>()
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        Err(Error::login_required("nobody is there"))
    }
}

#[tokio::test]
async fn the_client_is_not_asked_in_the_pause() {
    let client = NobodyThere::default();
    let builder = Credentials::builder(client.clone()).cache(&CredentialCache::new(1, None)).policy(long());
    let credentials = builder.store(MemoryStore::new()).build();
    for _ in 0..4 {
        let error = credentials.token().await.unwrap_err();
        assert!(error.needs_login() && error.retry_after() > Some(Duration::from_secs(1000)), "{error}");
    }
    assert_eq!(client.asked.load(Ordering::SeqCst), 1);
}
