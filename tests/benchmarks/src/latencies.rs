use std::time::Duration;

/// How long calls took, to the nanosecond up to some microseconds, and to three digits beyond.
#[derive(Clone, Debug)]
pub struct Latencies(Vec<u64>);

/// Up to here a bucket is a nanosecond wide; then each power of two has as many buckets.
const LINEAR: u64 = 1024;
const BUCKETS: usize = 1024 * 24;

impl Default for Latencies {
    fn default() -> Self {
        Self(vec![0; BUCKETS])
    }
}

impl Latencies {
    /// One more call.
    pub fn record(&mut self, time: Duration) {
        let bucket = bucket_of(u64::try_from(time.as_nanos()).unwrap_or(u64::MAX));
        if let Some(count) = self.0.get_mut(bucket) {
            *count += 1;
        }
    }

    /// All that another has recorded.
    pub fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(count, more)| *count += more);
    }

    /// How many calls there were.
    pub fn count(&self) -> u64 {
        self.0.iter().sum()
    }

    /// Within how many nanoseconds this share of the calls was done.
    #[expect(clippy::cast_precision_loss, reason = "counts of some millions")]
    pub fn percentile(&self, share: f64) -> f64 {
        let wanted = self.count() as f64 * share;
        let mut seen = 0;
        for (bucket, count) in self.0.iter().enumerate() {
            seen += count;
            if seen as f64 >= wanted {
                return nanoseconds_of(bucket);
            }
        }
        f64::INFINITY
    }
}

fn bucket_of(nanoseconds: u64) -> usize {
    let doubled = (nanoseconds / LINEAR).checked_ilog2().map_or(0, |power| power + 1);
    let (octave, width) = (u64::from(doubled), 1_u64 << doubled.saturating_sub(1));
    let start = if octave == 0 { 0 } else { LINEAR << (octave - 1) };
    let bucket = octave * LINEAR + (nanoseconds - start) / width;
    usize::try_from(bucket).unwrap_or(BUCKETS - 1).min(BUCKETS - 1)
}

#[expect(clippy::cast_precision_loss, reason = "for people to read")]
fn nanoseconds_of(bucket: usize) -> f64 {
    let (octave, rest) = (bucket as u64 / LINEAR, bucket as u64 % LINEAR);
    let nanoseconds = if octave == 0 { rest } else { (LINEAR << (octave - 1)) + (rest << (octave - 1)) };
    nanoseconds as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_what_was_recorded() {
        let mut latencies = Latencies::default();
        for nanoseconds in (1..=1000).chain([5_000_000]) {
            latencies.record(Duration::from_nanos(nanoseconds));
        }
        assert!((latencies.percentile(0.5) - 501.0).abs() < 1.5);
        assert!((latencies.percentile(0.999) - 1000.0).abs() < 1.5);
        let last = latencies.percentile(1.0);
        assert!((4_990_000.0..=5_000_000.0).contains(&last), "{last}");
        assert_eq!(latencies.count(), 1001);
    }
}
