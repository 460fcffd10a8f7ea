//! Before a program ends it waits for what the store has not been told yet.

use std::time::Duration;

use grantkit::credentials::CredentialCache;
use grantkit::prelude::*;
use grantkit::store::MemoryStore;

use crate::faulty_store::{Fault, FaultyStore};
use crate::issuer::{Issuer, policy};
use crate::source::text;

const LIMIT: Duration = Duration::from_mins(1);

#[tokio::test]
async fn settle_puts_into_the_store_what_that_did_not_take() {
    for of_cache in [false, true] {
        let (issuer, store, cache) = (Issuer::new(), MemoryStore::new(), CredentialCache::new(4, None));
        let faulty = FaultyStore::new(&store);
        let builder = Credentials::builder(issuer.person()).cache(&cache).policy(policy());
        let credentials = builder.store(faulty.clone()).build();
        let settle = async || if of_cache { cache.settle(LIMIT).await } else { credentials.settle().await };
        settle().await.unwrap();

        faulty.set(Fault::Away);
        credentials.put(issuer.login()).await.unwrap_err();
        let error = settle().await.unwrap_err();
        assert!(error.is_retryable(), "of the cache: {of_cache}: {error}");
        faulty.set(Fault::None);
        settle().await.unwrap();
        // The program has ended, and the next one goes on with its login.
        assert_eq!(text(&issuer.person().process(store)).await.unwrap(), "access-1", "of the cache: {of_cache}");
        assert_eq!(issuer.requests().len(), 0, "the server was not asked for it");
    }
}
