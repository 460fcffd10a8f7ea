//! A refresh that fails before its bytes leave: whatever its error would say of an answer, the refresh token is as good as it was.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use grantkit::credentials::{AfterLostResponse, CredentialCache, CredentialsBuilder, Fingerprint, RefreshPolicy};
use grantkit::prelude::*;
use grantkit::store::MemoryStore;

use crate::support::{ManualClock, text};

/// A client that tells when the bytes of a refresh leave, as those of this crate do. They do not while it loses an answer that it needs
/// before: that with the metadata which name the token endpoint.
#[derive(Clone, Default)]
struct Discovering {
    refreshes: Arc<AtomicUsize>,
    has_metadata: Arc<AtomicBool>,
}

#[async_trait]
impl OAuthClient for Discovering {
    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of_type::<Self>()
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        Err(Error::login_required("a person has to log in"))
    }

    async fn refresh_token(&self, _: &RefreshToken) -> Result<OAuthToken> {
        self.refreshes.fetch_add(1, Ordering::SeqCst);
        if !self.has_metadata.load(Ordering::SeqCst) {
            return Err(Error::outcome_unknown("the connection to the metadata broke"));
        }
        Ok(OAuthToken::new("renewed")?.with_expires_in(Duration::from_hours(1)))
    }

    fn announces_sending(&self) -> bool {
        true
    }
}

#[tokio::test]
async fn refresh_lost_before_its_bytes_leave_does_not_count_as_sent() {
    for rule in [AfterLostResponse::RetryOnce, AfterLostResponse::Never] {
        for store in [None, Some(MemoryStore::new())] {
            let (client, clock) = (Discovering::default(), ManualClock::new());
            let builder = Credentials::builder(client.clone()).cache(&CredentialCache::new(1, None));
            let builder = builder.policy(RefreshPolicy::default().with_after_lost_response(rule)).clock(clock.clone());
            let builder = store.into_iter().fold(builder, CredentialsBuilder::store);
            let login = OAuthToken::new("login").unwrap().with_expires_in(Duration::from_mins(1));
            let credentials = builder.with_token(login.with_refresh_token("refresh-0")).await.unwrap();
            for calls in 1..=3 {
                clock.advance(Duration::from_hours(1));
                let error = text(&credentials).await.unwrap_err();
                assert!(error.is_retryable() && !error.needs_login(), "{rule:?}: {error}");
                assert_eq!(client.refreshes.load(Ordering::SeqCst), calls, "{rule:?}: nothing is to be sent once more");
            }
            client.has_metadata.store(true, Ordering::SeqCst);
            clock.advance(Duration::from_hours(1));
            assert_eq!(text(&credentials).await.unwrap(), "renewed");
        }
    }
}
