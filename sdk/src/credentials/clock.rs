use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

/// What time it is, by two clocks.
///
/// A token has expired as soon as either of them says so: the monotonic one does not believe a wall clock that was set
/// back, the wall clock knows of the hours that the machine was asleep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Time since some fixed point, which never goes back.
    pub monotonic: Duration,
    /// Time since 1970-01-01T00:00:00Z by the machine's clock.
    pub wall: Duration,
}

/// Where [`Credentials`](super::Credentials) get the time from; for tests and simulations.
pub trait Clock: Debug + Send + Sync + 'static {
    /// What time it is.
    fn now(&self) -> Moment;
}

/// The machine's own clocks: accurate to some milliseconds, which is what makes them cheap to read on every request.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[inline]
    fn now(&self) -> Moment {
        system::now()
    }
}

#[cfg(target_os = "linux")]
mod system {
    use std::cell::Cell;
    use std::thread::LocalKey;
    use std::time::Duration;

    use rustix::time::{ClockId, Timespec, clock_gettime};

    use super::Moment;

    /// The kernel keeps the coarse clocks ready in shared memory: 5 ns to read, where the exact ones take 20 to 30. They
    /// move together, from tick to tick: the wall clock is read again when the monotonic one has moved.
    #[inline]
    pub(super) fn now() -> Moment {
        thread_local!(static LAST: Cell<Moment> = const { Cell::new(Moment { monotonic: Duration::MAX, wall: Duration::ZERO }) });
        let monotonic = duration(clock_gettime(ClockId::MonotonicCoarse));
        let last = LAST.get();
        if last.monotonic == monotonic { last } else { ticked(monotonic, &LAST) }
    }

    #[cold]
    fn ticked(monotonic: Duration, last: &'static LocalKey<Cell<Moment>>) -> Moment {
        let now = Moment { monotonic, wall: duration(clock_gettime(ClockId::RealtimeCoarse)) };
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

    use super::Moment;

    static START: LazyLock<Instant> = LazyLock::new(Instant::now);

    pub(super) fn now() -> Moment {
        Moment { monotonic: START.elapsed(), wall: SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default() }
    }
}

/// The clock of a slot: the common one without a call through a pointer.
#[derive(Clone, Debug)]
pub(super) enum Time {
    System,
    Given(Arc<dyn Clock>),
}

impl Time {
    #[inline]
    pub(super) fn now(&self) -> Moment {
        match self {
            Self::System => SystemClock.now(),
            Self::Given(clock) => clock.now(),
        }
    }
}
