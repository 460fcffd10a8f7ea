//! What became of refresh tokens that were configured, whatever caches and clients come and go: the configuration still has the first one.
//!
//! It is bounded, and forgets what does the least harm first: a token that was never replaced; then the successor of one that was not used
//! for long, of which stays that it was replaced, so that it is not sent again; in the end, that too.

use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::{BuildHasher as _, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::Inner;
use super::known::Known;
use crate::credentials::store_backed::LocalReplica;
use crate::fingerprint::Fingerprint;

/// Some 10 MiB, beside those that credentials hold. A service with more users than that keeps their logins in a store.
const MAX_UNUSED: usize = 8192;
/// So many more may gather before the next look at all of them.
const SWEEP_AFTER: usize = 2048;
const FIRST_SWEEP: usize = 64;
const SWEEP_EVERY: Duration = Duration::from_hours(1);
/// The longest that refresh tokens live unused at the large services.
const MAX_IDLE: Duration = Duration::from_hours(90 * 24);
/// Some 3 MiB.
const MAX_REPLACED: usize = 100_000;

/// One refresh token that was configured, by its digest, and what came after it.
#[derive(Debug, Default)]
pub(super) struct Followed {
    inner: Mutex<Inner>,
    /// When it was last used, in seconds of the [clock](seconds).
    used: AtomicU64,
}

impl Followed {
    /// That of the process.
    pub(super) fn of_the_process(key: Fingerprint) -> Arc<Self> {
        static CONFIGURED: LazyLock<Mutex<Configured>> = LazyLock::new(Mutex::default);
        CONFIGURED.lock().unwrap_or_else(PoisonError::into_inner).get(key, seconds())
    }

    pub(super) fn use_it(&self) -> &Mutex<Inner> {
        self.used.store(seconds(), Ordering::Relaxed);
        &self.inner
    }

    fn new(was_replaced: bool, now: u64) -> Self {
        let known = if was_replaced { Known::of(Box::new(LocalReplica::of_forgotten())) } else { Known::Nothing };
        Self { inner: Mutex::new(Inner { known, ..Inner::default() }), used: now.into() }
    }

    /// Whether it is known not to be what is to be sent; one that was never replaced says no more than the configuration does.
    fn is_replaced(&self) -> bool {
        let inner = self.lock();
        let is_first = |login: &super::Login| {
            login.token.is_some() && login.unchanged.is_some() && login.family.is_none() && login.spending.is_none()
        };
        inner.newest().is_some_and(|newest| !is_first(&newest.value))
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Since the first use of this clock.
fn seconds() -> u64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed().as_secs()
}

#[derive(Default)]
struct Configured {
    followed: HashMap<Fingerprint, Arc<Followed>>,
    replaced: Replaced,
    /// How many there may be before the next look at all of them.
    sweep_at: usize,
    swept: u64,
}

impl Configured {
    fn get(&mut self, key: Fingerprint, now: u64) -> Arc<Followed> {
        let known = self.followed.get(&key).cloned();
        if let Some(known) = &known {
            known.used.store(now, Ordering::Relaxed);
        }
        let is_full = known.is_none() && self.followed.len() >= self.sweep_at.max(FIRST_SWEEP);
        if is_full || now.saturating_sub(self.swept) >= SWEEP_EVERY.as_secs() {
            self.sweep(now);
        }
        known.unwrap_or_else(|| {
            let one = Arc::new(Followed::new(self.replaced.has(&key), now));
            self.followed.insert(key, Arc::clone(&one));
            one
        })
    }

    fn sweep(&mut self, now: u64) {
        let mut unused = Vec::new();
        self.followed.retain(|key, one| {
            let is_held = Arc::strong_count(one) > 1;
            let is_kept = is_held || one.is_replaced();
            if is_kept && !is_held {
                unused.push((one.used.load(Ordering::Relaxed), *key));
            }
            is_kept
        });
        unused.sort_unstable();
        let expired = unused.partition_point(|(used, _)| now.saturating_sub(*used) >= MAX_IDLE.as_secs());
        let too_many = unused.len().saturating_sub(MAX_UNUSED);
        for (_, key) in unused.into_iter().take(expired.max(too_many)) {
            self.followed.remove(&key);
            self.replaced.insert(&key);
        }
        let left = self.followed.len();
        self.sweep_at = left + left.min(SWEEP_AFTER);
        self.swept = now;
    }
}

/// The refresh tokens of which no more is known than that they were replaced, or came to an end.
#[derive(Default)]
struct Replaced {
    /// With a key of the process: a digest of a digest.
    hasher: RandomState,
    digests: HashSet<u64>,
    /// The oldest first.
    order: VecDeque<u64>,
}

impl Replaced {
    fn has(&self, key: &Fingerprint) -> bool {
        self.digests.contains(&self.hasher.hash_one(key))
    }

    fn insert(&mut self, key: &Fingerprint) {
        let digest = self.hasher.hash_one(key);
        if self.digests.insert(digest) {
            self.order.push_back(digest);
        }
        if self.order.len() > MAX_REPLACED
            && let Some(oldest) = self.order.pop_front()
        {
            self.digests.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Login, Versioned};
    use super::*;
    use crate::token::RefreshToken;

    fn key(number: usize) -> Fingerprint {
        Fingerprint::new("refresh_token", number.to_string())
    }

    /// Takes note of what came of it.
    fn becomes(one: &Followed, login: Login) {
        let login = Versioned { version: 7, value: login };
        assert!(one.lock().known(|known| known.keep_here(login)));
    }

    fn replaced() -> Login {
        let token = RefreshToken::new("successor");
        Login { unchanged: None, ..Login::configured(Some(token)) }
    }

    /// Of what it was replaced by, the token, if it is still there.
    #[expect(clippy::option_option, reason = "nothing came after it, or what came is not kept")]
    fn newest(one: &Followed) -> Option<Option<String>> {
        let inner = one.lock();
        inner.newest().map(|login| login.value.token.as_ref().map(|token| token.secret().to_owned()))
    }

    const SUCCESSOR: &str = "successor";

    #[test]
    fn what_was_never_replaced_is_forgotten_first() {
        let mut configured = Configured::default();
        let held = configured.get(key(0), 0);
        becomes(&configured.get(key(1), 0), replaced());
        for number in 2..10_000 {
            let one = configured.get(key(number), 0);
            if number % 2 == 0 {
                // The server has left it as it was.
                becomes(&one, Login::configured(Some(RefreshToken::new("first"))));
            }
        }
        assert!(configured.followed.len() <= FIRST_SWEEP + 1, "{}", configured.followed.len());
        assert!(Arc::ptr_eq(&held, &configured.get(key(0), 0)));
        assert_eq!(newest(&configured.get(key(1), 0)), Some(Some(SUCCESSOR.to_owned())));
        assert_eq!(newest(&configured.get(key(2), 0)), None);
        assert!(configured.replaced.order.is_empty());
    }

    #[test]
    fn of_many_only_the_successors_used_last_are_kept() {
        let mut configured = Configured::default();
        let held = configured.get(key(0), 0);
        becomes(&held, replaced());
        let many = 4 * MAX_UNUSED;
        for number in 1..many {
            // In use all the time, whatever comes beside it.
            configured.get(key(1), number as u64 / 100);
            let one = configured.get(key(number), number as u64 / 100);
            if newest(&one).is_none() {
                becomes(&one, replaced());
            }
            assert!(configured.followed.len() <= MAX_UNUSED + SWEEP_AFTER + 1);
        }
        let now = many as u64 / 100;
        for number in [0, 1, many - 1] {
            assert_eq!(newest(&configured.get(key(number), now)), Some(Some(SUCCESSOR.to_owned())), "{number}");
        }
        let forgotten = configured.get(key(2), now);
        assert_eq!(newest(&forgotten), Some(None), "what came in its place is not known, and it is not sent itself");
        drop(forgotten);
        configured.sweep(now);
        assert_eq!(newest(&configured.get(key(2), now)), Some(None), "however often it is asked for");
    }

    #[test]
    fn an_idle_successor_is_forgotten_and_a_held_one_is_not() {
        let mut configured = Configured::default();
        let held = configured.get(key(0), 0);
        becomes(&held, replaced());
        becomes(&configured.get(key(1), 0), replaced());
        becomes(&configured.get(key(2), 0), Login::default());
        let later = MAX_IDLE.as_secs();
        configured.get(key(3), later);
        assert_eq!(newest(&configured.get(key(0), later)), Some(Some(SUCCESSOR.to_owned())));
        for number in [1, 2] {
            assert!(!configured.followed.contains_key(&key(number)));
            assert_eq!(newest(&configured.get(key(number), later)), Some(None), "{number}");
        }
    }

    #[test]
    fn in_the_end_even_that_is_forgotten() {
        let mut replaced = Replaced::default();
        (0..=MAX_REPLACED).for_each(|number| replaced.insert(&key(number)));
        assert!(!replaced.has(&key(0)) && replaced.has(&key(1)) && replaced.has(&key(MAX_REPLACED)));
        replaced.insert(&key(1));
        assert_eq!((replaced.order.len(), replaced.digests.len()), (MAX_REPLACED, MAX_REPLACED));
    }

    /// A store that knows anything at all knows more.
    #[test]
    fn what_is_forgotten_is_older_than_any_record() {
        let one = Followed::new(true, 0);
        one.lock().known(|known| known.hand_over(1_000_000));
        assert!(
            one.lock().known(|known| known.unsaved.is_none() && known.newest().is_some_and(|login| login.version == 1))
        );
    }
}
