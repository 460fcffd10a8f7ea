use std::sync::LazyLock;
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use moka::policy::EvictionPolicy;
use moka::sync::Cache;

use super::PendingLogin;
use crate::error::{Error, Incident, Kind, Result};

/// The logins that this process has finished, by a digest of their `state`: a copy of a pending login, as a cookie or a session
/// gives it back again and again, does not finish it twice (RFC 6749 §10.12).
static FINISHED: LazyLock<Finished> = LazyLock::new(|| Finished::remembering(REMEMBERED));

/// Some 10 MiB. A flood of logins makes it forget the oldest, whose codes servers refuse the second time as well.
const REMEMBERED: u64 = 65_536;
/// Codes live for ten minutes at the most (RFC 6749 §4.1.2).
const REMEMBERED_FOR: Duration = Duration::from_hours(1);

struct Finished {
    states: Cache<[u8; 32], ()>,
}

impl Finished {
    fn remembering(logins: u64) -> Self {
        // The newest must be remembered, however often older ones were asked for.
        let lru = EvictionPolicy::lru();
        Self { states: Cache::builder().max_capacity(logins).eviction_policy(lru).time_to_live(REMEMBERED_FOR).build() }
    }

    /// Whether this is the first time; one step, for two that come at once.
    fn claim(&self, state: &str) -> bool {
        self.states.entry(key(state)).or_insert(()).is_fresh()
    }

    fn forget(&self, state: &str) {
        self.states.invalidate(&key(state));
    }
}

fn key(state: &str) -> [u8; 32] {
    let mut key = [0; 32];
    key.iter_mut().zip(digest(&SHA256, state.as_bytes()).as_ref()).for_each(|(to, from)| *to = *from);
    key
}

impl PendingLogin {
    /// Uses it up, before its code is sent.
    pub(super) fn claim(&self) -> Result<()> {
        if FINISHED.claim(&self.state) {
            return Ok(());
        }
        let message = "this login was finished before, by this process: a login is finished once (is the page loaded again?). Start \
                       the login again, and remove what is kept of a login as its answer comes";
        Err(Error::new(Kind::Security, message).with_incident(Incident::Replay))
    }

    /// The code was not sent after all.
    pub(super) fn give_back(&self) {
        FINISHED.forget(&self.state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_claimed_once_by_one_of_many() {
        let finished = Finished::remembering(100);
        let first = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| first.fetch_add(finished.claim("st4te").into(), std::sync::atomic::Ordering::Relaxed));
            }
        });
        let first = first.into_inner();
        assert_eq!(first, 1);
        assert!(finished.claim("other") && !finished.claim("other"));
        finished.forget("other");
        assert!(finished.claim("other"));
    }

    #[test]
    fn what_is_remembered_is_bounded_and_is_the_newest() {
        let finished = Finished::remembering(10);
        for login in 0..1000 {
            // Asked for again and again: no reason to keep it longer than others.
            finished.claim("first");
            assert!(finished.claim(&format!("{login}")));
            finished.states.run_pending_tasks();
            assert!(!finished.claim(&format!("{login}")), "{login}");
        }
        assert!(finished.states.entry_count() <= 10);
    }
}
