use std::collections::{HashMap, VecDeque};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use aws_lc_rs::digest::{SHA256, digest};

use super::PendingLogin;
use crate::error::{Error, Fault, Incident, Result};

/// The logins that this process has finished, by a digest of their `state`: a copy of a pending login, as a cookie or a session
/// gives it back again and again, does not finish it twice (RFC 6749 §10.12).
static FINISHED: LazyLock<Finished> = LazyLock::new(|| Finished::remembering(REMEMBERED));

/// Some 10 MiB. A flood of logins makes it forget the oldest, whose codes servers refuse the second time as well.
const REMEMBERED: usize = 65_536;

struct Finished {
    most: usize,
    logins: Mutex<Logins>,
}

#[derive(Default)]
struct Logins {
    /// With the number of its claim: one that was given back may be claimed again.
    claimed: HashMap<Key, u64>,
    /// In their order.
    claims: VecDeque<(Key, u64)>,
    next: u64,
}

type Key = [u8; 32];

impl Finished {
    fn remembering(most: usize) -> Self {
        Self { most, logins: Mutex::default() }
    }

    /// Whether this is the first time; one step, for two that come at once.
    fn claim(&self, state: &str) -> bool {
        let (key, mut logins) = (key(state), self.logins());
        let logins = &mut *logins;
        if logins.claimed.contains_key(&key) {
            return false;
        }
        let number = logins.next;
        logins.next = number.wrapping_add(1);
        logins.claimed.insert(key, number);
        logins.claims.push_back((key, number));
        if logins.claims.len() > self.most
            && let Some((oldest, number)) = logins.claims.pop_front()
            && logins.claimed.get(&oldest) == Some(&number)
        {
            logins.claimed.remove(&oldest);
        }
        true
    }

    fn forget(&self, state: &str) {
        self.logins().claimed.remove(&key(state));
    }

    fn logins(&self) -> MutexGuard<'_, Logins> {
        self.logins.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key(state: &str) -> Key {
    let mut key = Key::default();
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
        Err(Error::new(Fault::Security, message).with_incident(Incident::Replay))
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
            assert!(finished.claim(&format!("{login}")) && !finished.claim(&format!("{login}")));
            if login >= 9 {
                assert!(!finished.claim(&format!("{}", login - 9)), "the last ten");
            }
            assert!(finished.logins().claimed.len() <= 10 && finished.logins().claims.len() <= 10);
        }
        assert!(finished.claim("0"), "the oldest is forgotten");
    }

    /// A claim that was given back goes without taking the next one of the same login along.
    #[test]
    fn what_is_claimed_again_is_remembered_as_the_newest() {
        let finished = Finished::remembering(3);
        assert!(finished.claim("again") && finished.claim("other"));
        finished.forget("again");
        assert!(finished.claim("again") && finished.claim("third"));
        assert!(!finished.claim("again"));
    }
}
