//! The life of a token that comes from the store counts from when the request for it was sent, as it does in the process that
//! sent it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use grantkit::credentials::{CredentialCache, Fingerprint};
use grantkit::prelude::*;
use grantkit::store::MemoryStore;
use grantkit_testkit::ManualClock;

use crate::issuer::policy;
use crate::source::text;

const LIFETIME: Duration = Duration::from_hours(1);
/// How long the answer is under way.
const UNDER_WAY: Duration = Duration::from_mins(10);

/// It shows the time of the machine when the answer has arrived.
fn clock() -> ManualClock {
    ManualClock::at(SystemTime::now() - UNDER_WAY)
}

/// A server that answers once, and late; by client credentials, or by a refresh token.
#[derive(Clone)]
struct Slow {
    clock: ManualClock,
    is_login: bool,
    requests: Arc<AtomicUsize>,
}

impl Slow {
    fn answer(&self) -> Result<OAuthToken> {
        if self.requests.fetch_add(1, Ordering::SeqCst) > 0 {
            return Err(Error::temporary("the server is down"));
        }
        self.clock.advance(UNDER_WAY);
        let token = OAuthToken::new("slow")?.with_expires_in(LIFETIME);
        Ok(if self.is_login { token.with_refresh_token("refresh-2") } else { token })
    }

    fn process(&self, store: &MemoryStore) -> Credentials {
        let builder = Credentials::builder(self.clone()).cache(&CredentialCache::new(1, None)).policy(policy());
        builder.clock(self.clock.clone()).store(store.clone()).build()
    }
}

#[async_trait]
impl OAuthClient for Slow {
    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of_type::<Self>()
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        if self.is_login { Err(Error::login_required("a person has to log in")) } else { self.answer() }
    }

    async fn refresh_token(&self, _: &RefreshToken) -> Result<OAuthToken> {
        self.answer()
    }
}

#[tokio::test]
async fn adopted_token_expires_when_it_does_in_the_process_that_asked() {
    for is_login in [false, true] {
        let (clock, store) = (clock(), MemoryStore::new());
        let client = Slow { clock: clock.clone(), is_login, requests: Arc::default() };
        let [one, other, late] = [(); 3].map(|()| client.process(&store));
        if is_login {
            let expired = OAuthToken::new("before").unwrap().with_expires_at(UNIX_EPOCH + Duration::from_secs(1));
            one.put(expired.with_refresh_token("refresh-1")).await.unwrap();
        }
        for process in [&one, &other] {
            assert_eq!(text(process).await.unwrap(), "slow");
        }
        assert_eq!(client.requests.load(Ordering::SeqCst), 1, "the other one has it from the store");

        clock.advance(LIFETIME - UNDER_WAY - Duration::from_secs(10));
        for process in [&one, &other, &late] {
            assert_eq!(text(process).await.unwrap(), "slow", "login: {is_login}: it is still good");
        }
        clock.advance(Duration::from_secs(10));
        for (name, process) in [("one", &one), ("other", &other), ("late", &late), ("new", &client.process(&store))] {
            let error = text(process).await.expect_err("it has expired");
            assert!(error.is_retryable(), "login: {is_login}: {name}: {error}");
        }
    }
}
