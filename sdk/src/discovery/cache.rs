//! The metadata that this process knows.

#[cfg(test)]
mod tests;

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use super::ServerMetadata;
use super::server_discovery::DocumentQuery;
use crate::error::Result;
use crate::single_flight_cache::{Fetched, Limits, SingleFlightCache};
use crate::time::Time;
use crate::transport::{DocumentKey, Transport};

/// A server that sends its clients to ever new issuers shall not fill the memory; a thousand issuers are more than any program
/// has.
const LIMITS: Limits = Limits {
    max_bytes: 32 * 1024 * 1024,
    min_weight: 32 * 1024,
    max_stale: Duration::from_hours(24),
    cool_down: Duration::from_mins(1),
    failure_pause: Duration::from_secs(1),
};

/// All that decides which document is found, the order included: otherwise the first who asks would decide for all.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    transport: DocumentKey,
    accepts_plain_http: bool,
    wanted: DocumentQuery,
    /// What was kept by one clock is not judged by another.
    time: Time,
}

impl Key {
    pub(super) fn new(transport: &Transport, accepts_plain_http: bool, wanted: DocumentQuery) -> Self {
        Self { transport: transport.document_key(), accepts_plain_http, wanted, time: Time::System }
    }

    pub(super) fn with_time(self, time: Time) -> Self {
        Self { time, ..self }
    }
}

static KNOWN: LazyLock<Documents> = LazyLock::new(|| Documents::new(LIMITS));

type Documents = SingleFlightCache<Key, ServerMetadata>;

/// The document, fetched first where it is not known or has become old.
pub(super) async fn get<F>(key: &Key, fetch: impl FnOnce() -> F) -> Result<Arc<ServerMetadata>>
where
    F: Future<Output = Result<(ServerMetadata, Duration)>> + Send + 'static,
{
    get_in(&KNOWN, key, &key.time, fetch).await
}

async fn get_in<F>(known: &Documents, key: &Key, time: &Time, fetch: impl FnOnce() -> F) -> Result<Arc<ServerMetadata>>
where
    F: Future<Output = Result<(ServerMetadata, Duration)>> + Send + 'static,
{
    let fetch = || {
        let fetch = fetch();
        async {
            let (value, lifetime) = fetch.await?;
            let bytes = value.bytes();
            Ok(Fetched { value, lifetime, bytes })
        }
    };
    known.get(key, time, fetch).await
}
