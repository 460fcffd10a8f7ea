use std::time::Duration;

/// How long Redis may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub(super) connect: Duration,
    pub(super) response: Duration,
}

/// Redis is near, and a token that is waited for is not worth more: without it, a client that can get one by itself does.
const EACH: Duration = Duration::from_millis(500);

impl Default for Limits {
    fn default() -> Self {
        Self { connect: EACH, response: EACH }
    }
}

impl Limits {
    /// Of a call that has to connect first.
    pub(super) fn whole(self) -> Duration {
        self.connect.saturating_add(self.response)
    }
}
