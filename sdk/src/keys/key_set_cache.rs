#[cfg(test)]
mod tests;

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use http::header::ACCEPT;
use http::{Request, StatusCode};
use tokio::sync::Mutex;

use super::clock::Clock;
use super::jwe::{EncryptionKey, KeyManagementAlgorithm};
use super::key_set::KeySet;
use crate::error::{Error, Kind, Result};
use crate::telemetry::Endpoint;
use crate::transport::Transport;
use crate::wire::{EndpointUrl, lifetime};

/// How long an unknown key ID does not lead to another fetch, nor a failed fetch to the next one while there is an old
/// set: a flood of forged tokens must be no flood of fetches.
const COOL_DOWN: Duration = Duration::from_mins(1);
/// The pause where there is no set at all, so that everyone waits for the next try; also after a fetch that its
/// caller gave up.
const SHORT_PAUSE: Duration = Duration::from_secs(1);
/// For a login: an outage of two seconds is waited out, a longer one is for the person to see.
const MAX_FETCHES: u32 = 3;
/// For how long a set that cannot be renewed is used on: whoever can keep us from the issuer must not keep a
/// withdrawn key alive for ever.
const MAX_STALE: Duration = Duration::from_hours(24);

/// For what a key was missed. Each has a cool-down of its own: what anybody can forge in one place must not keep a new key from
/// the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyUse {
    IdToken,
    /// As the browser brings it.
    AuthorizationResponse,
    /// What anybody can post.
    LogoutToken,
    /// What the server answers to this client, or is asked by it.
    Exchange,
}

impl KeyUse {
    const COUNT: usize = 4;

    /// Whether a failed fetch of the keys is worth another one, since what is signed will not come again.
    pub(crate) fn is_patient(self) -> bool {
        matches!(self, Self::IdToken | Self::AuthorizationResponse)
    }
}

/// An issuer's JWK set at its `jwks_uri`: fetched when first needed, kept, renewed. A clone shares it.
#[derive(Clone)]
pub(crate) struct KeySetCache(Arc<Inner>);

struct Inner {
    url: EndpointUrl,
    transport: Transport,
    clock: Clock,
    held: ArcSwapOption<Held>,
    /// How many fetches have ended: whoever waited while it grew takes the outcome instead of fetching again.
    landed: AtomicU64,
    flights: Mutex<Flights>,
}

struct Held {
    keys: Arc<KeySet>,
    fresh_until: Duration,
    usable_until: Duration,
}

/// What is known of past fetches, locked while one is under way.
#[derive(Default)]
struct Flights {
    failure: Option<Error>,
    next_try: Duration,
    /// By [`KeyUse`].
    next_tries_after_miss: [Duration; KeyUse::COUNT],
}

impl Flights {
    fn next_try_after_miss(&mut self, by: KeyUse) -> &mut Duration {
        let [id_token, authorization_response, logout_token, exchange] = &mut self.next_tries_after_miss;
        match by {
            KeyUse::IdToken => id_token,
            KeyUse::AuthorizationResponse => authorization_response,
            KeyUse::LogoutToken => logout_token,
            KeyUse::Exchange => exchange,
        }
    }
}

impl KeySetCache {
    /// Fetches nothing yet.
    pub(crate) fn new(url: EndpointUrl, transport: &Transport) -> Self {
        Self::with_clock(url, transport, Clock::System)
    }

    pub(crate) fn with_clock(url: EndpointUrl, transport: &Transport, clock: Clock) -> Self {
        Self(Arc::new(Inner {
            url,
            transport: transport.clone(),
            clock,
            held: ArcSwapOption::empty(),
            landed: AtomicU64::new(0),
            flights: Mutex::default(),
        }))
    }

    pub(crate) fn url(&self) -> &str {
        self.0.url.as_str()
    }

    /// The set, fetched first where there is none or it has become old. Where fetching fails the old one goes on.
    pub(crate) async fn current(&self) -> Result<Arc<KeySet>> {
        let inner = &*self.0;
        // Read before the set, so that a fetch that ends in between is not missed.
        let landed = inner.landed.load(Ordering::Acquire);
        let now = inner.clock.monotonic();
        let old = match &*inner.held.load() {
            Some(held) if now < held.fresh_until => return Ok(Arc::clone(&held.keys)),
            Some(held) if now < held.usable_until => Some(Arc::clone(&held.keys)),
            _ => None,
        };
        let mut flights = match (inner.flights.try_lock(), &old) {
            (Ok(flights), _) => flights,
            // Somebody is fetching already, and there is a set to go on with.
            (Err(_), Some(old)) => return Ok(Arc::clone(old)),
            (Err(_), None) => inner.flights.lock().await,
        };
        inner.fetch_unless_landed(landed, &mut flights).await.or_else(|failure| old.ok_or(failure))
    }

    /// The issuer's key to encrypt with by the first of the algorithms that it has one for, if not in this set, then in a newer one.
    pub(crate) async fn encryption_key(
        &self,
        algorithms: &[KeyManagementAlgorithm],
    ) -> Result<Option<(EncryptionKey, KeyManagementAlgorithm)>> {
        let set = self.current().await?;
        let find = |set: &KeySet| algorithms.iter().find_map(|own| Some((set.encryption_key(*own)?, *own)));
        match find(&set) {
            Some(found) => Ok(Some(found)),
            None => Ok(find(&*self.after_miss(&set, KeyUse::Exchange).await?)),
        }
    }

    /// The set after no key of `missed` fitted a token: a newer one, or the same again within the cool-down of that use.
    /// Of the fetches of [patient](KeyUse::is_patient) uses one that fails is waited out.
    pub(crate) async fn after_miss(&self, missed: &Arc<KeySet>, by: KeyUse) -> Result<Arc<KeySet>> {
        if by.is_patient() {
            patiently(|| self.after_miss_once(missed, by)).await
        } else {
            self.after_miss_once(missed, by).await
        }
    }

    async fn after_miss_once(&self, missed: &Arc<KeySet>, by: KeyUse) -> Result<Arc<KeySet>> {
        let inner = &*self.0;
        let landed = inner.landed.load(Ordering::Acquire);
        match &*inner.held.load() {
            Some(held) if !Arc::ptr_eq(&held.keys, missed) => return Ok(Arc::clone(&held.keys)),
            _ => {}
        }
        let mut flights = inner.flights.lock().await;
        let now = inner.clock.monotonic();
        if now < *flights.next_try_after_miss(by) && inner.landed.load(Ordering::Acquire) == landed {
            return Ok(Arc::clone(missed));
        }
        // Set before the request: this future may be dropped while it waits.
        *flights.next_try_after_miss(by) = now + SHORT_PAUSE;
        let fetched = inner.fetch_unless_landed(landed, &mut flights).await;
        // A fetch that failed has answered nothing: one failure must not refuse every token of a new key for a minute.
        *flights.next_try_after_miss(by) = now + if fetched.is_ok() { COOL_DOWN } else { SHORT_PAUSE };
        fetched
    }

    /// [`current`](Self::current) for a caller that cannot come again, as with a login's code: waits out the pause after a
    /// failed fetch, up to [`MAX_FETCHES`] in all.
    pub(crate) async fn current_patiently(&self) -> Result<Arc<KeySet>> {
        patiently(|| self.current()).await
    }
}

async fn patiently<F: Future<Output = Result<Arc<KeySet>>>>(fetch: impl Fn() -> F) -> Result<Arc<KeySet>> {
    let mut fetches = 1;
    loop {
        match fetch().await {
            Err(failure) if failure.is_retryable() && fetches < MAX_FETCHES => {
                fetches += 1;
                tokio::time::sleep(SHORT_PAUSE).await;
            }
            outcome => return outcome,
        }
    }
}

impl Inner {
    async fn fetch_unless_landed(&self, seen: u64, flights: &mut Flights) -> Result<Arc<KeySet>> {
        let now = self.clock.monotonic();
        if self.landed.load(Ordering::Acquire) != seen || now < flights.next_try {
            return flights.failure.clone().map_or_else(|| self.held_keys(), Err);
        }
        let fetched = self.fetch().await;
        let outcome = self.land(fetched, flights);
        self.landed.fetch_add(1, Ordering::Release);
        outcome
    }

    fn land(&self, fetched: Result<(KeySet, Duration)>, flights: &mut Flights) -> Result<Arc<KeySet>> {
        let now = self.clock.monotonic();
        match fetched {
            Ok((keys, lifetime)) => {
                let keys = Arc::new(keys);
                let fresh_until = now + lifetime;
                self.held.store(Some(Arc::new(Held {
                    keys: Arc::clone(&keys),
                    fresh_until,
                    usable_until: fresh_until + MAX_STALE,
                })));
                flights.failure = None;
                Ok(keys)
            }
            Err(failure) => {
                if let Some(held) = self.held.load_full().filter(|held| now < held.usable_until) {
                    // Nobody asks again before the pause is over, and nobody takes the lock to learn that.
                    self.held.store(Some(Arc::new(Held {
                        keys: Arc::clone(&held.keys),
                        fresh_until: held.fresh_until.max(now + COOL_DOWN).min(held.usable_until),
                        usable_until: held.usable_until,
                    })));
                } else {
                    let asked_for = failure.retry_after().map(|wait| wait.min(COOL_DOWN));
                    flights.next_try = now + asked_for.unwrap_or(SHORT_PAUSE);
                }
                flights.failure = Some(failure.clone());
                Err(failure)
            }
        }
    }

    fn held_keys(&self) -> Result<Arc<KeySet>> {
        let held = self.held.load();
        held.as_ref().map(|held| Arc::clone(&held.keys)).ok_or_else(|| Error::temporary("the JWK set is not there yet"))
    }

    async fn fetch(&self) -> Result<(KeySet, Duration)> {
        let url = self.url.as_str();
        let mut request = Request::get(self.url.uri()?)
            .header(ACCEPT, "application/json")
            .body(Vec::new())
            .map_err(|error| Error::configuration("the jwks_uri cannot be requested").with_source(error))?;
        Endpoint::KeySet.mark(&mut request);
        let answer = self.transport.fetch_document(request).await?;
        if answer.status() != StatusCode::OK {
            let failure = Error::new(Kind::Status, format!("the JWK set at {url} answered {}", answer.status()));
            let wait = crate::wire::retry_after(answer.headers());
            let failure = failure.with_status(answer.status());
            return Err(wait.into_iter().fold(failure, Error::with_retry_after));
        }
        Ok((KeySet::read(answer.body())?, lifetime(answer.headers())))
    }
}

impl fmt::Debug for KeySetCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeySetCache").field("url", &self.url()).finish_non_exhaustive()
    }
}
