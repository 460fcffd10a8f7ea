use std::fmt;
use std::sync::Arc;

/// Who is told how far a body is: the bytes so far, and all of them where that is known.
#[derive(Clone)]
pub(super) struct Progress(Arc<dyn Fn(u64, Option<u64>) + Send + Sync>);

impl Progress {
    pub(super) fn new(callback: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        Self(Arc::new(callback))
    }

    pub(super) fn report(&self, done: u64, total: Option<u64>) {
        (self.0)(done, total);
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Progress(..)")
    }
}
