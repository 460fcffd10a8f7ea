use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::failure;
use crate::error::Result;

/// When a call is to be over, whatever it waits for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deadline {
    started: Instant,
    limit: Duration,
    /// As of the last look at the clock, which costs as much as a token does.
    remaining: Duration,
}

impl Deadline {
    pub(super) fn after(limit: Duration) -> Self {
        Self { started: Instant::now(), limit, remaining: limit }
    }

    pub(super) fn remaining(&self) -> Duration {
        self.remaining
    }

    /// Looks at the clock again: something was waited for.
    pub(super) fn look(&mut self) {
        self.remaining = self.limit.saturating_sub(self.started.elapsed());
    }

    /// The token, waited for if need be. Giving up on it loses nothing: the next call gets what comes of it.
    pub(super) async fn token<T>(&mut self, pending: impl Future<Output = Result<T>>) -> Result<T> {
        let mut pending = pin!(pending);
        // Most often it is there, and no timer is needed.
        if let Poll::Ready(outcome) = poll_fn(|context| Poll::Ready(pending.as_mut().poll(context))).await {
            return outcome;
        }
        let outcome = timeout(self.remaining, pending).await;
        self.look();
        outcome.unwrap_or_else(|_| Err(failure::no_token_in_time(self.limit)))
    }
}
