use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use shuttle::scheduler::{DfsScheduler, PctScheduler, RandomScheduler, Scheduler};
use shuttle::{Config, Runner};

use super::super::super::sync::{Handle, checked};
use super::super::super::{CredentialCache, Credentials, OAuthClient, RefreshKey, RefreshPolicy};
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::time::{Clock, ClockReading};
use crate::token::{OAuthToken, RefreshToken};

pub(super) const LIFE: Duration = Duration::from_hours(1);

/// The source of the tokens, the clock and the record of what was asked, all in one. What is only counted is no point of overtaking.
///
/// The tokens are numbers, in the order in which the requests for them began.
#[derive(Clone, Debug, Default)]
pub(super) struct Simulation(Arc<Record>);

#[derive(Debug, Default)]
struct Record {
    now: Mutex<Duration>,
    stamps: AtomicUsize,
    failing: AtomicBool,
    login_is_over: AtomicBool,
    requests: AtomicUsize,
    under_way: AtomicUsize,
    most_under_way: AtomicUsize,
    /// The refresh tokens that were spent, and the client of each.
    spent: Mutex<Vec<(String, String)>>,
    /// What a reader must not fall behind.
    newest_read: AtomicUsize,
    /// The last `clear` or `put` that began, and that is done.
    cut_begun: AtomicUsize,
    cut: AtomicUsize,
}

impl Simulation {
    pub(super) fn credentials(&self, tenant: &str) -> Credentials {
        self.credentials_in(&CredentialCache::new(2, None), tenant)
    }

    pub(super) fn credentials_in(&self, cache: &CredentialCache, tenant: &str) -> Credentials {
        Credentials::builder(self.source(tenant)).cache(cache).build()
    }

    /// Those of a client that gets no token, and which nothing tells from the others of its name.
    pub(super) fn misconfigured_in(&self, cache: &CredentialCache, tenant: &str) -> Credentials {
        let client = Source { is_wrong: true, ..self.source(tenant) };
        Credentials::builder(client).cache(cache).build()
    }

    fn source(&self, tenant: &str) -> Source {
        Source { simulation: self.clone(), tenant: tenant.to_owned(), is_wrong: false }
    }

    /// Several entries of one login.
    pub(super) fn credentials_of_one_login<const N: usize>(&self, tenants: [&str; N]) -> [Credentials; N] {
        let cache = CredentialCache::new(4, None);
        tenants.map(|tenant| self.credentials_in(&cache, tenant))
    }

    /// Two entries of one login, each with its own limit, and without pauses after a failure.
    pub(super) fn credentials_with_limits(&self, of: [(&str, Duration); 2]) -> [Credentials; 2] {
        let cache = CredentialCache::new(4, None);
        of.map(|(tenant, limit)| {
            let policy =
                RefreshPolicy::default().with_request_timeout(limit).with_backoff(Duration::ZERO, Duration::ZERO);
            Credentials::builder(self.source(tenant)).cache(&cache).policy(policy).build()
        })
    }

    pub(super) fn advance(&self, by: Duration) {
        *self.0.now.lock().unwrap() += by;
    }

    pub(super) fn fail(&self, failing: bool) {
        self.0.failing.store(failing, Ordering::SeqCst);
    }

    /// It fails from now on, and only a person could mend that.
    pub(super) fn end_the_login(&self) {
        self.fail(true);
        self.0.login_is_over.store(true, Ordering::SeqCst);
    }

    pub(super) fn is_failing(&self) -> bool {
        self.0.failing.load(Ordering::SeqCst)
    }

    pub(super) fn requests(&self) -> usize {
        self.0.requests.load(Ordering::SeqCst)
    }

    pub(super) fn most_at_a_time(&self) -> usize {
        self.0.most_under_way.load(Ordering::SeqCst)
    }

    pub(super) fn stamp(&self) -> usize {
        self.0.stamps.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// A `clear` or `put` begins: who waits already gets an older token than who comes after it, and perhaps later.
    pub(super) fn begin_cut(&self) -> usize {
        let stamp = self.stamp();
        self.0.cut_begun.fetch_max(stamp, Ordering::SeqCst);
        stamp
    }

    /// From now on nothing that began before it is to be seen.
    pub(super) fn cut(&self, stamp: usize) {
        self.0.cut.fetch_max(stamp, Ordering::SeqCst);
    }

    /// What a reader that begins now may not fall behind.
    pub(super) fn oldest_allowed(&self) -> usize {
        match self.0.cut_begun.load(Ordering::SeqCst) {
            0 => self.0.newest_read.load(Ordering::SeqCst),
            _ => self.0.cut.load(Ordering::SeqCst),
        }
    }

    pub(super) fn read(&self, number: usize) {
        self.0.newest_read.fetch_max(number, Ordering::SeqCst);
    }

    async fn answer(&self) -> Result<usize> {
        self.0.requests.fetch_add(1, Ordering::SeqCst);
        let number = self.stamp();
        let flying = Flying::over(&self.0);
        shuttle::future::yield_now().await;
        drop(flying);
        match (self.is_failing(), self.0.login_is_over.load(Ordering::SeqCst)) {
            (false, _) => Ok(number),
            (true, false) => Err(Error::temporary("failing, as told")),
            (true, true) => Err(Error::login_required("over, as told")),
        }
    }
}

struct Flying<'a>(&'a Record);

impl<'a> Flying<'a> {
    fn over(books: &'a Record) -> Self {
        let flying = books.under_way.fetch_add(1, Ordering::SeqCst) + 1;
        books.most_under_way.fetch_max(flying, Ordering::SeqCst);
        Self(books)
    }
}

impl Drop for Flying<'_> {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Clock for Record {
    fn now(&self) -> ClockReading {
        let monotonic = *self.now.lock().unwrap();
        // Past any expiry that comes from the machine's clock.
        ClockReading { monotonic, wall: monotonic }
    }
}

struct Source {
    simulation: Simulation,
    tenant: String,
    is_wrong: bool,
}

#[async_trait]
impl OAuthClient for Source {
    fn name(&self) -> &'static str {
        "source"
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        let number = self.simulation.answer().await?;
        if self.is_wrong {
            return Err(Error::configuration("configured wrongly, as told"));
        }
        Ok(OAuthToken::new(number.to_string())?.with_expires_in(LIFE))
    }

    async fn refresh_token(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        self.simulation.0.spent.lock().unwrap().push((self.tenant.clone(), refresh_token.secret().to_owned()));
        let number = self.simulation.answer().await?;
        let token = OAuthToken::new(number.to_string())?.with_expires_in(LIFE);
        Ok(token.with_refresh_token(format!("refresh-{number}")))
    }

    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::builder().parameter("tenant", &self.tenant).build()
    }

    fn refresh_key(&self) -> RefreshKey {
        "login".into()
    }

    fn clock(&self) -> Option<Arc<dyn Clock>> {
        Some(Arc::<Record>::clone(&self.simulation.0))
    }
}

impl Simulation {
    pub(super) fn assert_each_refresh_token_was_spent_once(&self) {
        let spent = self.0.spent.lock().unwrap().clone();
        let mut different: Vec<_> = spent.iter().map(|(_, token)| token).collect();
        different.sort_unstable();
        different.dedup();
        assert_eq!(different.len(), spent.len(), "{spent:?}");
    }

    /// Also where others have lost an answer.
    pub(super) fn assert_not_sent_again_after(&self, tenant: &str) {
        let spent = self.0.spent.lock().unwrap().clone();
        for (at, (_, token)) in spent.iter().enumerate().filter(|(_, (by, _))| by == tenant) {
            assert!(spent[at + 1..].iter().all(|(_, later)| later != token), "{spent:?}");
        }
    }
}

/// Every order of a small scenario, in which the flight is the third actor; an actor is overtaken at its locks.
#[track_caller]
pub(super) fn in_every_order(scenario: impl Fn() + Send + Sync + 'static) {
    checked::only_locks_are_points(true);
    run(DfsScheduler::new(None, false), scenario);
    checked::only_locks_are_points(false);
}

/// Many orders: random ones, and those in which a few changes of turn at the worst moments do it.
#[track_caller]
pub(super) fn in_many_orders(scenario: impl Fn() + Send + Sync + Clone + 'static) {
    let orders = if std::env::var_os("GRANTKIT_SOAK").is_some() { SOAK_ORDERS } else { ORDERS };
    run(RandomScheduler::new(orders), scenario.clone());
    run(PctScheduler::new(MAX_PREEMPTIONS, orders), scenario);
}

/// Other ones in each run.
const ORDERS: usize = 600;
const SOAK_ORDERS: usize = 20_000;
const MAX_PREEMPTIONS: usize = 4;

fn run(scheduler: impl Scheduler + 'static, scenario: impl Fn() + Send + Sync + 'static) {
    let mut config = Config::new();
    config.stack_size = 256 * 1024;
    // Atomics are taken to be sequentially consistent, of which it would warn; nothing here hangs on two of them.
    config.silence_warnings = true;
    let orders = Runner::new(scheduler, config).run(move || {
        // The same in each run, so that nothing but the order differs.
        fastrand::seed(1);
        checked::forget_waiting();
        scenario();
        shuttle::future::block_on(Handle::idle());
    });
    assert!(orders > 1, "nothing was overtaken");
    println!("{orders} orders");
}
