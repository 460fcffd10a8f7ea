use std::time::Duration;

use tokio::time::Instant;

/// How many requests a second a server gets on ordinary days.
#[derive(Debug, Default)]
pub(super) struct BaselineRate {
    window: Option<Window>,
    per_second: Option<f64>,
}

#[derive(Debug)]
struct Window {
    since: Instant,
    count: u32,
}

const WINDOW: Duration = Duration::from_mins(1);
/// Less says nothing.
const MIN_WINDOW: Duration = Duration::from_secs(10);

impl BaselineRate {
    /// One more.
    pub(super) fn count(&mut self, now: Instant) {
        if self.window.as_ref().is_some_and(|window| now.duration_since(window.since) >= WINDOW) {
            self.close(now);
        }
        self.window.get_or_insert(Window { since: now, count: 0 }).count += 1;
    }

    /// Takes what was counted into account: what comes now is not the usual rate.
    pub(super) fn close(&mut self, now: Instant) {
        let Some(Window { since, count }) = self.window.take() else { return };
        let length = now.duration_since(since);
        if length >= MIN_WINDOW {
            let latest = f64::from(count) / length.as_secs_f64();
            self.per_second = Some(self.per_second.map_or(latest, |before| f64::midpoint(before, latest)));
        }
    }

    /// Nothing was counted for a while.
    pub(super) fn is_idle(&self, now: Instant) -> bool {
        self.window.as_ref().is_none_or(|window| now.duration_since(window.since) >= WINDOW)
    }

    /// What is known of it.
    pub(super) fn per_second(&self) -> Option<f64> {
        self.per_second
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_and_the_minute_before_count_as_much() {
        let mut now = Instant::now();
        let mut baseline = BaselineRate::default();
        for gap in [100, 200] {
            for _ in 0..60_000 / gap {
                baseline.count(now);
                now += Duration::from_millis(gap);
            }
        }
        assert!((baseline.per_second().unwrap() - 10.0).abs() < 0.2, "{baseline:?}");
        baseline.close(now);
        assert!((baseline.per_second().unwrap() - 7.5).abs() < 0.2, "{baseline:?}");
    }

    #[test]
    fn some_seconds_say_nothing() {
        let now = Instant::now();
        let mut baseline = BaselineRate::default();
        baseline.count(now);
        baseline.close(now + Duration::from_secs(9));
        assert_eq!(baseline.per_second(), None);
    }
}
