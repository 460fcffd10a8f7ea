use std::ops::Range;

use crate::scenario::DAY;

/// A count for each second of the day.
#[derive(Clone, Debug)]
pub(crate) struct Series(Vec<u32>);

impl Default for Series {
    fn default() -> Self {
        Self(vec![0; DAY])
    }
}

impl Series {
    pub(crate) fn count(&mut self, second: usize) {
        if let Some(count) = self.0.get_mut(second) {
            *count += 1;
        }
    }

    pub(crate) fn total_of(&self, seconds: Range<usize>) -> u64 {
        self.0.iter().take(seconds.end).skip(seconds.start).copied().map(u64::from).sum()
    }

    /// The busiest second.
    pub(crate) fn peak_of(&self, seconds: Range<usize>) -> u32 {
        self.0.iter().take(seconds.end).skip(seconds.start).copied().max().unwrap_or_default()
    }

    /// The busiest second of each minute.
    pub(crate) fn peaks_by_minute(&self) -> Vec<u32> {
        self.0.chunks(60).map(|minute| minute.iter().copied().max().unwrap_or_default()).collect()
    }
}
