//! How long the processor has worked, by the system's clocks.

use std::time::Duration;

#[cfg(unix)]
use rustix::time::ClockId;

/// For this process since it started, with all its threads.
pub fn process_time() -> Duration {
    #[cfg(unix)]
    return of(ClockId::ProcessCPUTime);
    #[cfg(not(unix))]
    wall_time()
}

/// For this thread.
pub(crate) fn thread_time() -> Duration {
    #[cfg(unix)]
    return of(ClockId::ThreadCPUTime);
    #[cfg(not(unix))]
    wall_time()
}

#[cfg(unix)]
fn of(clock: ClockId) -> Duration {
    let time = rustix::time::clock_gettime(clock);
    Duration::new(time.tv_sec.try_into().unwrap_or(0), time.tv_nsec.try_into().unwrap_or(0))
}

/// Elsewhere there is only the clock on the wall.
#[cfg(not(unix))]
fn wall_time() -> Duration {
    static START: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    START.elapsed()
}
