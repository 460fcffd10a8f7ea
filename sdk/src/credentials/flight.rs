use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use super::Moment;
use super::state::{Departure, Outcome};
use super::sync::{self, Handle, watch};
use crate::error::{Error, Kind, Result};
use crate::telemetry;
use crate::token::OAuthToken;

/// Where a flight starts and lands.
pub(super) trait Airfield: Send + Sync + 'static {
    /// How long a flight may take.
    fn limit(&self) -> Duration;

    /// Gets a token; its lifetime counts from the moment that comes with it. In the pause after a failure it only looks whether
    /// others have mended that.
    fn fetch(&self, only_looks: Option<Error>) -> impl Future<Output = Result<(OAuthToken, Moment)>> + Send;

    /// Ends a flight: keeps what it brought, and says what those who wait are to be told.
    fn land(&self, number: u64, brought: Result<(OAuthToken, Moment)>) -> Outcome;

    /// Tells those who run the program what came of a flight, and for how many.
    fn report(&self, outcome: &Outcome, waiting: usize);

    /// Ends a flight that will bring nothing.
    fn lose(&self, number: u64);
}

/// Runs one request for a token as a task of its own, so that no caller's going away ends it.
pub(super) fn launch(field: &Arc<impl Airfield>, departure: Departure, runtime: &Handle, flight: telemetry::Flight) {
    let Departure { number, announce, only_looks, .. } = departure;
    let landing = Landing { field: Arc::clone(field), number, announce: Some(announce) };
    runtime.spawn(flight.carry(async move {
        let limit = landing.field.limit();
        let fetching = sync::within(limit, landing.field.fetch(only_looks));
        let brought = match catch_panic(fetching).await {
            Some(brought) => brought.unwrap_or_else(|| Err(overdue(limit))),
            None => Err(Error::temporary("the client panicked while it got a token")),
        };
        landing.land(brought);
    }));
}

/// What those get who have waited as long as a flight may take.
pub(super) fn overdue(limit: Duration) -> Error {
    Error::new(
        Kind::Timeout,
        format!(
            "no token came within {:.1} s: the client does not answer, or the runtime that runs it stands still \
             (`RenewalPolicy::with_request_limit`)",
            limit.as_secs_f64()
        ),
    )
}

/// Sees to it that a flight ends for everyone, however it ends.
struct Landing<F: Airfield> {
    field: Arc<F>,
    number: u64,
    announce: Option<watch::Sender<Option<Outcome>>>,
}

impl<F: Airfield> Landing<F> {
    fn land(mut self, brought: Result<(OAuthToken, Moment)>) {
        let outcome = self.field.land(self.number, brought);
        if let Some(announce) = self.announce.take() {
            self.field.report(&outcome, announce.receiver_count());
            tell(&announce, outcome);
        }
    }
}

/// Tells those who wait, unless they were given a token from elsewhere in the meantime.
fn tell(announce: &watch::Sender<Option<Outcome>>, outcome: Outcome) {
    announce.send_if_modified(|told| {
        let first = told.is_none();
        if first {
            *told = Some(outcome);
        }
        first
    });
}

impl<F: Airfield> Drop for Landing<F> {
    fn drop(&mut self) {
        if self.announce.take().is_some() {
            // The runtime went away, be it that its program panics. The sender goes with it, and whoever waits starts anew where
            // it can.
            self.field.lose(self.number);
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
