use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use super::single_flight::{Leader, Outcome};
use super::sync::{self, Handle, watch};
use crate::error::{Error, Fault, Result};
use crate::telemetry;
use crate::time::ClockReading;
use crate::token::OAuthToken;

/// Where a flight starts and lands.
pub(super) trait TokenFetcher: Send + Sync + 'static {
    /// How long a flight may take.
    fn limit(&self) -> Duration;

    /// Gets a token; its lifetime counts from the moment that comes with it. In the pause after a failure it only looks whether
    /// others have mended that.
    fn fetch(
        &self,
        only_checks_store: Option<Error>,
    ) -> impl Future<Output = Result<(OAuthToken, ClockReading)>> + Send;

    /// Ends a flight: keeps what it brought, and says what waiting callers are to be told.
    fn complete(&self, number: u64, fetched: Result<(OAuthToken, ClockReading)>) -> Outcome;

    /// Tells operators what came of a flight, and for how many.
    fn report(&self, outcome: &Outcome, waiting: usize);

    /// Ends a flight that will bring nothing.
    fn abort(&self, number: u64);
}

/// Runs one request for a token as a task of its own, so that no caller's going away ends it.
pub(super) fn spawn_leader(
    fetcher: &Arc<impl TokenFetcher>,
    leader: Leader,
    runtime: &Handle,
    acquisition: telemetry::Acquisition,
) {
    let Leader { number, sender, only_checks_store, .. } = leader;
    let guard = LeaderGuard { fetcher: Arc::clone(fetcher), number, sender: Some(sender) };
    runtime.spawn(acquisition.carry(async move {
        let limit = guard.fetcher.limit();
        let request = sync::within(limit, guard.fetcher.fetch(only_checks_store));
        let outcome = match catch_panic(request).await {
            Some(ended) => ended.unwrap_or_else(|| Err(overdue(limit))),
            None => Err(Error::temporary("the client panicked while it got a token")),
        };
        guard.complete(outcome);
    }));
}

/// What those get who have waited as long as a flight may take.
pub(super) fn overdue(limit: Duration) -> Error {
    Error::new(
        Fault::Timeout,
        format!(
            "no token within {:.1} s: the client does not return, or the Tokio runtime is blocked or shut down; \
             `RefreshPolicy::with_request_timeout` sets this limit",
            limit.as_secs_f64()
        ),
    )
}

/// Sees to it that a flight ends for everyone, however it ends.
struct LeaderGuard<F: TokenFetcher> {
    fetcher: Arc<F>,
    number: u64,
    sender: Option<watch::Sender<Option<Outcome>>>,
}

impl<F: TokenFetcher> LeaderGuard<F> {
    fn complete(mut self, fetched: Result<(OAuthToken, ClockReading)>) {
        let outcome = self.fetcher.complete(self.number, fetched);
        if let Some(sender) = self.sender.take() {
            self.fetcher.report(&outcome, sender.receiver_count());
            tell(&sender, outcome);
        }
    }
}

/// Tells waiting callers, unless they were given a token from elsewhere in the meantime.
fn tell(sender: &watch::Sender<Option<Outcome>>, outcome: Outcome) {
    sender.send_if_modified(|current| {
        let first = current.is_none();
        if first {
            *current = Some(outcome);
        }
        first
    });
}

impl<F: TokenFetcher> Drop for LeaderGuard<F> {
    fn drop(&mut self) {
        if self.sender.take().is_some() {
            // The runtime went away, be it that its program panics. The sender goes with it, and a waiting caller starts anew where
            // it can.
            self.fetcher.abort(self.number);
        }
    }
}

/// What the future brings; `None` if it panicked, which has been reported by then. It is not polled again.
async fn catch_panic<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
        Ok(poll) => poll.map(Some),
        Err(_) => Poll::Ready(None),
    })
    .await
}
