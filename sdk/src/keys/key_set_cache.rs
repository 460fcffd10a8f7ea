#[cfg(test)]
mod tests;

use std::fmt;
use std::future::Future;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use async_trait::async_trait;
use http::header::ACCEPT;
use http::{Request, StatusCode};

use super::jwe::{EncryptionKey, KeyManagementAlgorithm};
use super::key_set::KeySet;
use crate::error::{Error, Fault, Result};
use crate::single_flight_cache::{Fetched, Limits, SingleFlightCache};
use crate::telemetry::Endpoint;
use crate::time::Time;
use crate::transport::{DocumentKey, Transport};
use crate::wire::{EndpointUrl, lifetime};

/// The pause where there is no set at all, so that everyone waits for the next try.
const SHORT_PAUSE: Duration = Duration::from_secs(1);
/// How far the clock that the pause is measured by may lag behind the timer: a try that came too early would be refused for
/// another pause, and the login with it.
const CLOCK_TICK: Duration = Duration::from_millis(20);
/// For a login: an outage of two seconds is waited out, a longer one is for the person to see.
const MAX_FETCHES: u32 = 3;

const LIMITS: Limits = Limits {
    max_bytes: 32 * 1024 * 1024,
    min_weight: 8 * 1024,
    // An attacker that blocks the issuer must not keep a withdrawn key valid for ever.
    max_stale: Duration::from_hours(24),
    // A flood of forged tokens must be no flood of fetches.
    cool_down: Duration::from_mins(1),
    failure_pause: SHORT_PAUSE,
};

/// The transport that a set came over, that over which its address was found, its URL, and the clock that it is kept by: another clock
/// would not know how old it is.
type Key = (DocumentKey, Option<DocumentKey>, Arc<str>, Time);

/// The sets that this process knows.
static KNOWN: LazyLock<SingleFlightCache<Key, KeySet>> = LazyLock::new(|| SingleFlightCache::new(LIMITS));

/// For what a key was missed. Each has a cool-down of its own, for each client: a forged token for one use must not keep a
/// new key from the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum KeyUse {
    IdToken,
    /// As the browser brings it.
    AuthorizationResponse,
    /// A request that any client of the network can post.
    Posted,
    /// What the server answers to this client, or is asked by it.
    Exchange,
}

impl KeyUse {
    /// Whether a failed fetch of the keys is worth another one, since what is signed will not come again.
    pub(crate) fn is_patient(self) -> bool {
        matches!(self, Self::IdToken | Self::AuthorizationResponse)
    }

    /// Whether anyone may have written it, so that what is wrong with it says nothing of the configuration.
    pub(crate) fn is_of_anyone(self) -> bool {
        matches!(self, Self::AuthorizationResponse | Self::Posted)
    }
}

/// Finds the address of an issuer's JWK set when it is needed.
#[async_trait]
pub(crate) trait JwksUriFinder: Send + Sync {
    async fn jwks_uri(&self) -> Result<EndpointUrl>;

    /// Of the transport over which it looks, where that is another.
    fn document_key(&self) -> Option<DocumentKey>;
}

/// Where a set is.
#[derive(Clone)]
enum Source {
    At(EndpointUrl),
    Found(Arc<dyn JwksUriFinder>),
}

/// An issuer's JWK set at its `jwks_uri`: fetched when first needed, kept, renewed. All that are of one URL and one transport
/// share it. Or a set at hand, which stays as it is.
#[derive(Clone)]
pub(crate) struct KeySetCache(Keys);

#[derive(Clone)]
enum Keys {
    Fetched(Arc<Inner>),
    AtHand(Arc<KeySet>),
}

struct Inner {
    source: Source,
    /// Of the set, or of the issuer where its address is found later.
    name: String,
    transport: Transport,
    time: Time,
    key: Key,
    /// Whose cool-downs count.
    client_id: Arc<str>,
}

impl KeySetCache {
    /// Fetches nothing yet.
    pub(crate) fn new(url: EndpointUrl, client_id: &str, transport: &Transport) -> Self {
        Self::with_time(url, client_id, transport, Time::System)
    }

    pub(crate) fn with_time(url: EndpointUrl, client_id: &str, transport: &Transport, time: Time) -> Self {
        let name = url.as_str().to_owned();
        Self::from_source(Source::At(url), name, client_id, transport, time)
    }

    /// Of the issuer, whose metadata are asked for the address with each fetch.
    pub(crate) fn with_finder(
        issuer: &str,
        finder: impl JwksUriFinder + 'static,
        client_id: &str,
        transport: &Transport,
        time: Time,
    ) -> Self {
        let name = format!("the `jwks_uri` of {issuer}");
        Self::from_source(Source::Found(Arc::new(finder)), name, client_id, transport, time)
    }

    fn from_source(source: Source, name: String, client_id: &str, transport: &Transport, time: Time) -> Self {
        let found_over = if let Source::Found(finder) = &source { finder.document_key() } else { None };
        let key = (transport.document_key(), found_over, name.as_str().into(), time.clone());
        let inner = Inner { source, name, transport: transport.clone(), time, key, client_id: client_id.into() };
        Self(Keys::Fetched(Arc::new(inner)))
    }

    /// The same set, fetched over this transport.
    pub(crate) fn over(&self, transport: &Transport) -> Self {
        match &self.0 {
            Keys::Fetched(inner) => {
                let Inner { source, name, time, client_id, transport: _, key: _ } = &**inner;
                Self::from_source(source.clone(), name.clone(), client_id, transport, time.clone())
            }
            Keys::AtHand(_) => self.clone(),
        }
    }

    /// A set that the program has, and renews by making another one.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration): it is no JWK set, or none of its keys verifies signatures.
    pub(crate) fn at_hand(json: &[u8]) -> Result<Self> {
        let set = KeySet::read(json).map_err(|error| Error::configuration(error.to_string()))?;
        if set.is_without_keys() {
            return Err(Error::configuration("no key of the JWK set verifies signatures with an algorithm known here"));
        }
        Ok(Self(Keys::AtHand(Arc::new(set))))
    }

    /// Which set it is, for messages.
    pub(crate) fn name(&self) -> &str {
        match &self.0 {
            Keys::Fetched(inner) => &inner.name,
            Keys::AtHand(_) => "hand",
        }
    }

    /// The set, fetched first where there is none or it has become old. Where fetching fails the old one goes on.
    pub(crate) async fn current(&self) -> Result<Arc<KeySet>> {
        match &self.0 {
            Keys::Fetched(inner) => KNOWN.get(&inner.key, &inner.time, || Arc::clone(inner).fetch()).await,
            Keys::AtHand(set) => Ok(Arc::clone(set)),
        }
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

    /// The set after no key of `missed` fitted a token: a newer one, or the same again within this client's cool-down of that use.
    /// Of the fetches of [patient](KeyUse::is_patient) uses one that fails is waited out.
    pub(crate) async fn after_miss(&self, missed: &Arc<KeySet>, by: KeyUse) -> Result<Arc<KeySet>> {
        if by.is_patient() {
            patiently(|| self.after_miss_once(missed, by)).await
        } else {
            self.after_miss_once(missed, by).await
        }
    }

    async fn after_miss_once(&self, missed: &Arc<KeySet>, by: KeyUse) -> Result<Arc<KeySet>> {
        let inner = match &self.0 {
            Keys::Fetched(inner) => inner,
            Keys::AtHand(set) => return Ok(Arc::clone(set)),
        };
        let Inner { key, time, client_id, .. } = &**inner;
        let mut asker = DefaultHasher::new();
        (by, client_id).hash(&mut asker);
        KNOWN.newer_than(missed, asker.finish(), key, time, || Arc::clone(inner).fetch()).await
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
                tokio::time::sleep(SHORT_PAUSE + CLOCK_TICK).await;
            }
            outcome => return outcome,
        }
    }
}

impl Inner {
    async fn fetch(self: Arc<Self>) -> Result<Fetched<KeySet>> {
        let url = match &self.source {
            Source::At(url) => url.clone(),
            Source::Found(finder) => finder.jwks_uri().await?,
        };
        let mut request = Request::get(url.uri()?)
            .header(ACCEPT, "application/json")
            .body(Vec::new())
            .map_err(|error| Error::configuration("the jwks_uri cannot be requested").with_source(error))?;
        Endpoint::KeySet.mark(&mut request);
        let answer = self.transport.fetch_document(request).await?;
        if answer.status() != StatusCode::OK {
            let failure =
                Error::new(Fault::Status, format!("the JWK set at {} answered {}", url.as_str(), answer.status()));
            let wait = crate::wire::retry_after(answer.headers());
            let failure = failure.with_status(answer.status());
            return Err(wait.into_iter().fold(failure, Error::with_retry_after));
        }
        let (value, lifetime) = (KeySet::read(answer.body())?, lifetime(answer.headers()));
        let bytes = value.bytes();
        Ok(Fetched { value, lifetime, bytes })
    }
}

impl fmt::Debug for KeySetCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeySetCache").field("name", &self.name()).finish_non_exhaustive()
    }
}
