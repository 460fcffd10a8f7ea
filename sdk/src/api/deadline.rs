use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::failure;
use crate::error::Result;

/// When a call is to be over, whatever it waits for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deadline {
    started: Instant,
    limit: Duration,
}

impl Deadline {
    pub(super) fn after(limit: Duration) -> Self {
        Self { started: Instant::now(), limit }
    }

    pub(super) fn remaining(&self) -> Duration {
        self.limit.saturating_sub(self.started.elapsed())
    }

    /// The token that something waits for. Giving up on it loses nothing: the next call gets what comes of it.
    pub(super) async fn token<T>(&self, pending: impl Future<Output = Result<T>>) -> Result<T> {
        match timeout(self.remaining(), pending).await {
            Ok(outcome) => outcome,
            Err(_) => Err(failure::no_token_in_time(self.limit)),
        }
    }
}
