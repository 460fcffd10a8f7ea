//! Access and refresh tokens, as the server knows them.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use super::Login;
use crate::clock::Clock;
use crate::scope::Scope;

/// What is known of an access token.
#[derive(Debug)]
pub(crate) struct AccessToken {
    pub(crate) login: Arc<Login>,
    pub(crate) scope: Scope,
    pub(crate) audience: Vec<String>,
    pub(crate) issued_at: u64,
    pub(crate) lifetime: Duration,
    expires: Duration,
    clock: Clock,
    /// The thumbprint of the key without which it is of no use (RFC 9449 §6).
    bound_to: OnceLock<String>,
    revoked: AtomicBool,
    /// Whether it took the place of a token that lived shortly.
    #[cfg_attr(not(feature = "catalogue"), allow(dead_code, reason = "services that are played look"))]
    is_long_lived: AtomicBool,
}

impl AccessToken {
    pub(crate) fn new(
        login: Arc<Login>,
        scope: Scope,
        audience: Vec<String>,
        lifetime: Duration,
        clock: &Clock,
    ) -> Self {
        let (clock, expires) = (clock.clone(), clock.monotonic().saturating_add(lifetime));
        let (bound_to, revoked, is_long_lived) = (OnceLock::new(), AtomicBool::new(false), AtomicBool::new(false));
        Self {
            login,
            scope,
            audience,
            issued_at: clock.unix(),
            lifetime,
            expires,
            clock,
            bound_to,
            revoked,
            is_long_lived,
        }
    }

    #[cfg(feature = "catalogue")]
    pub(crate) fn set_long_lived(&self) {
        self.is_long_lived.store(true, Ordering::Release);
    }

    #[cfg(feature = "catalogue")]
    pub(crate) fn is_long_lived(&self) -> bool {
        self.is_long_lived.load(Ordering::Acquire)
    }

    /// Binds the token to a key, before it is handed out.
    pub(crate) fn bind(&self, jkt: &str) {
        let _ = self.bound_to.set(jkt.to_owned());
    }

    pub(crate) fn bound_to(&self) -> Option<&str> {
        self.bound_to.get().map(String::as_str)
    }

    pub(crate) fn revoke(&self) {
        self.revoked.store(true, Ordering::Release);
    }

    pub(crate) fn has_expired(&self) -> bool {
        self.clock.monotonic() >= self.expires
    }

    pub(crate) fn check(&self) -> Result<(), &'static str> {
        if self.revoked.load(Ordering::Acquire) || self.login.is_revoked() {
            Err("the access token was revoked")
        } else if self.has_expired() {
            Err("the access token has expired")
        } else {
            Ok(())
        }
    }

    /// The lifetime in whole seconds, rounded up: what `expires_in` can say (RFC 6749 §5.1).
    pub(crate) fn expires_in(&self) -> u64 {
        self.lifetime.as_secs().saturating_add(u64::from(self.lifetime.subsec_nanos() > 0))
    }

    pub(crate) fn expires_at(&self) -> u64 {
        self.issued_at.saturating_add(self.expires_in())
    }
}

/// What is known of a refresh token.
#[derive(Debug)]
pub(crate) struct RefreshToken {
    pub(crate) login: Arc<Login>,
    pub(crate) issued_at: u64,
    spent: OnceLock<Duration>,
    clock: Clock,
    revoked: AtomicBool,
}

impl RefreshToken {
    pub(crate) fn new(login: Arc<Login>, clock: &Clock) -> Self {
        let (spent, revoked) = (OnceLock::new(), AtomicBool::new(false));
        Self { login, issued_at: clock.unix(), spent, clock: clock.clone(), revoked }
    }

    /// How long ago it was spent.
    pub(crate) fn spent_for(&self) -> Option<Duration> {
        self.spent.get().map(|spent| self.clock.monotonic().saturating_sub(*spent))
    }

    /// Spends the token; false if another request was faster.
    pub(crate) fn spend(&self) -> bool {
        self.spent.set(self.clock.monotonic()).is_ok()
    }

    pub(crate) fn revoke(&self) {
        self.revoked.store(true, Ordering::Release);
    }

    pub(crate) fn is_revoked(&self) -> bool {
        self.revoked.load(Ordering::Acquire) || self.login.is_revoked()
    }
}
