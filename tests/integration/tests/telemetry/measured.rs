//! What a recorder of the thread has been told.

use std::collections::BTreeMap;

use metrics::LocalRecorderGuard;
use metrics_util::debugging::{DebugValue, DebuggingRecorder, Snapshotter};

pub(crate) struct Measured {
    snapshotter: Snapshotter,
    _guard: LocalRecorderGuard<'static>,
}

/// A metric's name, its labels in their order by name, and its value.
pub(crate) type Metric = (String, BTreeMap<String, String>, DebugValue);

impl Measured {
    /// From now on what this thread measures is kept; the runtime of a test has no other thread.
    pub(crate) fn start() -> Self {
        let recorder: &'static DebuggingRecorder = Box::leak(Box::new(DebuggingRecorder::new()));
        Self { snapshotter: recorder.snapshotter(), _guard: metrics::set_default_local_recorder(recorder) }
    }

    /// Takes all that has been measured; what a histogram was told is told only once.
    pub(crate) fn take(&self) -> Taken {
        let all = self.snapshotter.snapshot().into_vec().into_iter();
        let all = all.map(|(key, _, _, value)| {
            let (name, labels) = key.key().clone().into_parts();
            let labels = labels.iter().map(|label| (label.key().to_owned(), label.value().to_owned())).collect();
            (name.as_str().to_owned(), labels, value)
        });
        Taken(all.collect())
    }
}

pub(crate) struct Taken(pub(crate) Vec<Metric>);

impl Taken {
    /// The counter's value with these labels; 0 if there is none.
    pub(crate) fn count(&self, name: &str, labels: &[(&str, &str)]) -> u64 {
        let counts = self.matching(name, labels).map(|value| match value {
            DebugValue::Counter(count) => *count,
            other => panic!("{name} is no counter: {other:?}"),
        });
        counts.sum()
    }

    /// What the histogram was told with these labels, in ascending order.
    pub(crate) fn values(&self, name: &str, labels: &[(&str, &str)]) -> Vec<f64> {
        let values = self.matching(name, labels).flat_map(|value| match value {
            DebugValue::Histogram(values) => values.iter().map(|value| value.into_inner()).collect::<Vec<_>>(),
            other => panic!("{name} is no histogram: {other:?}"),
        });
        let mut values: Vec<_> = values.collect();
        values.sort_by(f64::total_cmp);
        values
    }

    fn matching(&self, name: &str, labels: &[(&str, &str)]) -> impl Iterator<Item = &DebugValue> {
        self.0.iter().filter_map(move |(found, with, value)| {
            let fits = labels.iter().all(|(key, value)| with.get(*key).is_some_and(|with| with == value));
            (found == name && fits).then_some(value)
        })
    }
}
