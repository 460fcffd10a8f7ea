//! The clock that expiry is judged by.
//!
//! Programs need nothing of it. Tests and simulations give [`Credentials`](crate::Credentials) a [`Clock`] of their own, or
//! [`TokioClock`], which follows `tokio::time::pause` and `advance`.
//!
//! ```
//! use grantkit::prelude::*;
//! use grantkit::time::TokioClock;
//!
//! # fn example(client: impl OAuthClient) {
//! let credentials = Credentials::builder(client).clock(TokioClock::new()).build();
//! # let _ = credentials;
//! # }
//! ```

use std::fmt::Debug;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::Instant;

use crate::error::{Error, Result};

/// A reading of the wall clock and the monotonic clock.
///
/// A token has expired as soon as either of them says so: the monotonic one does not believe a wall clock that was set
/// back, the wall clock knows of the hours that the machine was asleep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockReading {
    /// Time since some fixed point, which never goes back.
    pub monotonic: Duration,
    /// Time since 1970-01-01T00:00:00Z by the machine's clock.
    pub wall: Duration,
}

/// The clock of [`Credentials`](crate::Credentials); for tests and simulations.
pub trait Clock: Debug + Send + Sync + 'static {
    /// What time it is.
    fn now(&self) -> ClockReading;

    /// What tells it from other clocks of this process, for one whose clones are the same clock: tokens are cached for one clock, since by
    /// another they may have expired. Unless overridden each value that is given is a clock of its own; one in an [`Arc`] is one value.
    fn identity(&self) -> Option<String> {
        None
    }
}

/// A [`Clock`] for a `.clock(..)`: by value, or in an [`Arc`] that others hold, too.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no clock",
    label = "no `Clock`",
    note = "give a `TokioClock`, the testkit's `ManualClock` (its feature `clock`), or a type of your own with `impl Clock for ..`"
)]
pub trait IntoClock {
    /// The clock, shared.
    fn into_clock(self) -> Arc<dyn Clock>;
}

impl<C: Clock> IntoClock for C {
    fn into_clock(self) -> Arc<dyn Clock> {
        Arc::new(self)
    }
}

impl<C: Clock> IntoClock for Arc<C> {
    fn into_clock(self) -> Arc<dyn Clock> {
        self
    }
}

impl IntoClock for Arc<dyn Clock> {
    fn into_clock(self) -> Arc<dyn Clock> {
        self
    }
}

/// The machine's own clocks: accurate to some milliseconds, which is what makes them cheap to read on every request.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[inline]
    fn now(&self) -> ClockReading {
        system::now()
    }

    fn identity(&self) -> Option<String> {
        Some("the machine's clock".to_owned())
    }
}

#[cfg(target_os = "linux")]
mod system {
    use std::cell::Cell;
    use std::thread::LocalKey;
    use std::time::Duration;

    use rustix::time::{ClockId, Timespec, clock_gettime};

    use crate::time::ClockReading;

    /// The kernel keeps the coarse clocks ready in shared memory: 5 ns to read, where the exact ones take 20 to 30. They
    /// move together, from tick to tick: the wall clock is read again when the monotonic one has moved.
    #[inline]
    pub(super) fn now() -> ClockReading {
        thread_local!(static LAST: Cell<ClockReading> = const { Cell::new(ClockReading { monotonic: Duration::MAX, wall: Duration::ZERO }) });
        let monotonic = duration(clock_gettime(ClockId::MonotonicCoarse));
        let last = LAST.get();
        if last.monotonic == monotonic { last } else { ticked(monotonic, &LAST) }
    }

    #[cold]
    fn ticked(monotonic: Duration, last: &'static LocalKey<Cell<ClockReading>>) -> ClockReading {
        let now = ClockReading { monotonic, wall: duration(clock_gettime(ClockId::RealtimeCoarse)) };
        last.set(now);
        now
    }

    #[inline]
    fn duration(time: Timespec) -> Duration {
        // Neither is negative on a machine whose clock is past 1970.
        Duration::new(time.tv_sec.try_into().unwrap_or(0), time.tv_nsec.try_into().unwrap_or(0))
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use std::sync::LazyLock;
    use std::time::{Instant, SystemTime, UNIX_EPOCH};

    use crate::time::ClockReading;

    static START: LazyLock<Instant> = LazyLock::new(Instant::now);

    pub(super) fn now() -> ClockReading {
        ClockReading {
            monotonic: START.elapsed(),
            wall: SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default(),
        }
    }
}

/// The time by this machine's clock, exactly: for what is exchanged with others, and comes at a network's pace.
pub(crate) fn wall_clock() -> SystemTime {
    SystemTime::now()
}

/// Since 1970 by this machine's clock; nothing where that is set before.
pub(crate) fn unix_time() -> Duration {
    wall_clock().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// The time of [`tokio::time`], for tests that pause it and move it on: pauses, limits and renewals are in Tokio's time anyway.
///
/// Both of its clocks start at the machine's time when it is made, and go on as Tokio's does.
///
/// ```
/// use std::time::Duration;
/// use grantkit::credentials::CredentialCache;
/// use grantkit::time::TokioClock;
/// use grantkit::prelude::*;
///
/// # #[derive(Clone)]
/// # struct Partner;
/// # #[async_trait]
/// # impl OAuthClient for Partner {
/// #     async fn get_token(&self) -> Result<OAuthToken> {
/// #         Ok(OAuthToken::new(format!("token-{}", fastrand::u64(..)))?.with_expires_in(Duration::from_secs(3600)))
/// #     }
/// # }
/// #[tokio::main(flavor = "current_thread")] // in a test: `#[tokio::test(start_paused = true)]`
/// async fn main() -> Result<()> {
///     tokio::time::pause();
///     let credentials = Credentials::builder(Partner)
///         .cache(&CredentialCache::new(1, None))
///         .clock(TokioClock::new())
///         .build();
///     let first = credentials.token().await?;
///     tokio::time::advance(Duration::from_secs(3600)).await;
///     assert_ne!(credentials.token().await?.access_token(), first.access_token());
///     Ok(())
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct TokioClock {
    start: Instant,
    at_start: ClockReading,
}

impl TokioClock {
    /// One that starts now.
    pub fn new() -> Self {
        Self { start: Instant::now(), at_start: SystemClock.now() }
    }
}

impl Default for TokioClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for TokioClock {
    fn now(&self) -> ClockReading {
        let passed = self.start.elapsed();
        ClockReading {
            monotonic: self.at_start.monotonic.saturating_add(passed),
            wall: self.at_start.wall.saturating_add(passed),
        }
    }

    fn identity(&self) -> Option<String> {
        Some(format!("{self:?}"))
    }
}

/// The clock in use: the common one without a call through a pointer.
#[derive(Clone, Debug, Default)]
pub(crate) enum Time {
    #[default]
    System,
    Given(Arc<dyn Clock>),
    /// Set by hand, in whole seconds since 1970.
    #[cfg(test)]
    Manual(Arc<std::sync::atomic::AtomicU64>),
}

/// The same clock, not the same time.
impl PartialEq for Time {
    fn eq(&self, other: &Self) -> bool {
        self.address() == other.address()
    }
}

impl Eq for Time {}

impl Hash for Time {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.address().hash(state);
    }
}

impl Time {
    /// What tells a clock of the program's own from others, for as long as it is in use: a matter of this process alone. None for the
    /// machine's.
    pub(crate) fn identity(&self) -> Option<String> {
        let address = self.address()?;
        let own = self.given().and_then(|clock| clock.identity());
        Some(own.map_or_else(|| format!("at {address:p}"), |own| format!("is {own}")))
    }

    /// Tells clocks apart while they are in use; none for the machine's.
    fn address(&self) -> Option<*const ()> {
        match self {
            Self::System => None,
            Self::Given(clock) => Some(Arc::as_ptr(clock).cast()),
            #[cfg(test)]
            Self::Manual(seconds) => Some(Arc::as_ptr(seconds).cast()),
        }
    }

    /// Another clock than the machine's, where the program has given one.
    pub(crate) fn given(&self) -> Option<Arc<dyn Clock>> {
        match self {
            Self::Given(clock) => Some(Arc::clone(clock)),
            Self::System => None,
            #[cfg(test)]
            Self::Manual(_) => None,
        }
    }

    /// The time by the wall clock, exactly: for what is exchanged with others, and comes at a network's pace.
    pub(crate) fn wall(&self) -> SystemTime {
        match self {
            Self::System => wall_clock(),
            Self::Given(_) => UNIX_EPOCH + self.now().wall,
            #[cfg(test)]
            Self::Manual(_) => UNIX_EPOCH + self.now().wall,
        }
    }

    /// Since 1970 by the wall clock; nothing where that is set before.
    pub(crate) fn unix(&self) -> Duration {
        self.wall().duration_since(UNIX_EPOCH).unwrap_or_default()
    }

    /// What a JWT says of when it was made (`iat`), in seconds since 1970.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the clock is before 1970: the JWT would be refused.
    pub(crate) fn issued_at(&self) -> Result<u64> {
        Some(self.unix().as_secs())
            .filter(|seconds| *seconds != 0)
            .ok_or_else(|| Error::configuration("this machine's clock is before 1970: set it"))
    }

    #[inline]
    pub(crate) fn now(&self) -> ClockReading {
        match self {
            Self::System => SystemClock.now(),
            Self::Given(clock) => clock.now(),
            #[cfg(test)]
            Self::Manual(seconds) => {
                let now = Duration::from_secs(seconds.load(std::sync::atomic::Ordering::SeqCst));
                ClockReading { monotonic: now, wall: now }
            }
        }
    }
}

#[cfg(test)]
impl Time {
    pub(crate) fn manual(seconds: u64) -> Self {
        Self::Manual(Arc::new(seconds.into()))
    }

    pub(crate) fn advance(&self, by: Duration) {
        if let Self::Manual(seconds) = self {
            seconds.fetch_add(by.as_secs(), std::sync::atomic::Ordering::SeqCst);
        }
    }
}
