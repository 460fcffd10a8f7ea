//! An authorization code.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::Login;
use crate::clock::Clock;

/// An authorization code and what it was bound to (RFC 6749 §4.1.2).
#[derive(Debug)]
pub(crate) struct AuthorizationCode {
    pub(crate) login: Arc<Login>,
    /// As it was sent in the authorization request; `None` where it was left out.
    pub(crate) redirect_uri: Option<String>,
    /// The S256 challenge (RFC 7636 §4.3).
    pub(crate) challenge: Option<String>,
    issued: Duration,
    clock: Clock,
    redeemed: AtomicBool,
}

impl AuthorizationCode {
    /// RFC 6749 §4.1.2 recommends ten minutes at most; a test is quicker.
    const LIFETIME: Duration = Duration::from_mins(1);

    pub(crate) fn new(login: Login, redirect_uri: Option<String>, challenge: Option<String>, clock: &Clock) -> Self {
        let (issued, redeemed) = (clock.monotonic(), AtomicBool::new(false));
        Self { login: Arc::new(login), redirect_uri, challenge, issued, clock: clock.clone(), redeemed }
    }

    pub(crate) fn has_expired(&self) -> bool {
        self.clock.monotonic().saturating_sub(self.issued) > Self::LIFETIME
    }

    pub(crate) fn is_redeemed(&self) -> bool {
        self.redeemed.load(Ordering::Acquire)
    }

    /// Redeems the code; false if another request was faster.
    pub(crate) fn redeem(&self) -> bool {
        !self.redeemed.swap(true, Ordering::AcqRel)
    }
}
