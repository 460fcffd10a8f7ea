use std::time::Duration;

/// How long Redis may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub(super) connect: Duration,
    pub(super) response: Duration,
    /// How long replicas may take to have what was put; nothing where they are not waited for.
    pub(super) replication: Duration,
}

/// Redis is near, and a token that is waited for is not worth more: without it, a client that can get one by itself does.
const EACH: Duration = Duration::from_millis(500);

impl Default for Limits {
    fn default() -> Self {
        Self { connect: EACH, response: EACH, replication: Duration::ZERO }
    }
}

impl Limits {
    /// Of a call that has to connect first.
    pub(super) fn whole(self) -> Duration {
        self.connect.saturating_add(self.answer())
    }

    /// Of a call on a connection that is there. Others that share it wait for the replicas, too.
    pub(super) fn answer(self) -> Duration {
        self.response.saturating_add(self.replication)
    }
}
