use std::time::{Duration, SystemTime, UNIX_EPOCH};

use grantkit::time::{Clock, ClockReading};
use tokio::time::Instant;

/// The runtime's clock, which is wound forward whenever no task has anything to do.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WoundClock {
    midnight: Instant,
    wall: Duration,
}

impl WoundClock {
    pub(crate) fn start() -> Self {
        Self { midnight: Instant::now(), wall: SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default() }
    }

    /// Seconds since midnight.
    pub(crate) fn second(&self) -> usize {
        usize::try_from(self.midnight.elapsed().as_secs()).unwrap_or(usize::MAX)
    }

    pub(crate) async fn wait_for(&self, second: usize) {
        tokio::time::sleep_until(self.midnight + Duration::from_secs(second as u64)).await;
    }

    pub(crate) fn wall(&self) -> SystemTime {
        UNIX_EPOCH + self.wall + self.midnight.elapsed()
    }
}

impl Clock for WoundClock {
    fn now(&self) -> ClockReading {
        let monotonic = self.midnight.elapsed();
        ClockReading { monotonic, wall: self.wall + monotonic }
    }
}
