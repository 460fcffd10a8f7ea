use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime};

/// Where this room and the next get the time from; a test sets it by hand.
#[derive(Clone, Debug, Default)]
pub(crate) enum Clock {
    /// The machine's own clocks.
    #[default]
    System,
    #[cfg(test)]
    Manual(std::sync::Arc<std::sync::atomic::AtomicU64>),
}

impl Clock {
    /// Time since some fixed point, which never goes back.
    pub(crate) fn monotonic(&self) -> Duration {
        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        match self {
            Self::System => START.elapsed(),
            #[cfg(test)]
            Self::Manual(seconds) => Duration::from_secs(seconds.load(std::sync::atomic::Ordering::SeqCst)),
        }
    }

    /// What a token's `exp` is compared with.
    pub(crate) fn wall(&self) -> SystemTime {
        match self {
            Self::System => SystemTime::now(),
            #[cfg(test)]
            Self::Manual(_) => SystemTime::UNIX_EPOCH + self.monotonic(),
        }
    }
}

#[cfg(test)]
impl Clock {
    pub(crate) fn manual(seconds: u64) -> Self {
        Self::Manual(std::sync::Arc::new(seconds.into()))
    }

    pub(crate) fn advance(&self, by: Duration) {
        if let Self::Manual(seconds) = self {
            seconds.fetch_add(by.as_secs(), std::sync::atomic::Ordering::SeqCst);
        }
    }
}
