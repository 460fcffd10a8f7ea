//! A device that waits for its user (RFC 8628).

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::Login;
use crate::clock::Clock;
use crate::sync::lock;

/// A device code, and what the user has made of it.
#[derive(Debug)]
pub(crate) struct DeviceCode {
    pub(crate) login: Arc<Login>,
    issued: Duration,
    clock: Clock,
    progress: Mutex<Progress>,
}

/// What the user decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    Approved,
    /// With this error, such as `access_denied`.
    Denied(String),
}

/// What a poll is answered (RFC 8628 §3.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Poll {
    Pending,
    TooSoon,
    Expired,
    Redeemed,
    Decided(Decision),
}

#[derive(Debug, Default)]
struct Progress {
    decision: Option<Decision>,
    /// By the machine's clock, in whose time a device waits.
    last_poll: Option<Instant>,
    is_redeemed: bool,
}

impl DeviceCode {
    /// A person fetches a phone; a test is quicker.
    pub(crate) const LIFETIME: Duration = Duration::from_mins(5);

    pub(crate) fn new(login: Login, clock: &Clock) -> Self {
        let (clock, issued) = (clock.clone(), clock.monotonic());
        Self { login: Arc::new(login), issued, clock, progress: Mutex::default() }
    }

    /// The first decision counts.
    pub(crate) fn decide(&self, decision: Decision) {
        lock(&self.progress).decision.get_or_insert(decision);
    }

    /// Polls; the answer [`Decision::Approved`] is given once.
    pub(crate) fn poll(&self, interval: Duration) -> Poll {
        let mut progress = lock(&self.progress);
        let is_too_soon = progress.last_poll.is_some_and(|last| last.elapsed() < interval);
        progress.last_poll = Some(Instant::now());
        if progress.is_redeemed {
            return Poll::Redeemed;
        }
        if self.clock.monotonic().saturating_sub(self.issued) > Self::LIFETIME {
            return Poll::Expired;
        }
        match progress.decision.clone() {
            None if is_too_soon => Poll::TooSoon,
            None => Poll::Pending,
            Some(decision) => {
                progress.is_redeemed = decision == Decision::Approved;
                Poll::Decided(decision)
            }
        }
    }
}
