//! Processes that share a login, in many orders, each of which may be killed at any point: what goes on here is the flow itself,
//! over a store in memory with leases that end, and against a server that rotates, detects reuse and loses answers.

mod expiry;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use shuttle::future::{block_on, spawn, yield_now};
use shuttle::scheduler::{PctScheduler, RandomScheduler, Scheduler};
use shuttle::sync::Mutex;
use shuttle::{Config, Runner};

use super::{Login, LoginStorage, RefreshContext, StoreFailure, Versioned, fetch};
use crate::credentials::{OAuthClient, RefreshPolicy};
use crate::error::{Error, Result};
use crate::time::{ClockReading, Time};
use crate::token::{OAuthToken, RefreshToken, RefreshTokenRotation};

/// What all processes share.
#[derive(Clone, Default)]
struct Simulation(Arc<StoreBacked>);

#[derive(Default)]
struct StoreBacked {
    login: Mutex<Versioned<Login>>,
    lease: Mutex<()>,
    server: Mutex<Server>,
    /// How many answers are still to be lost.
    losses: AtomicUsize,
}

#[derive(Default)]
struct Server {
    current: usize,
    replays: usize,
    requests: usize,
    revoked: bool,
    stays: bool,
}

impl Server {
    fn refresh(&mut self, token: &RefreshToken) -> Result<OAuthToken> {
        self.requests += 1;
        if token.secret() != format!("refresh-{}", self.current) {
            self.replays += 1;
            self.revoked = true;
        }
        if self.revoked {
            return Err(Error::login_required("invalid_grant"));
        }
        if !self.stays {
            self.current += 1;
        }
        Ok(OAuthToken::new("access")?.with_refresh_token(format!("refresh-{}", self.current)))
    }
}

/// One process.
#[derive(Clone)]
struct Process {
    simulation: Simulation,
    rotation: RefreshTokenRotation,
}

#[async_trait]
impl OAuthClient for Process {
    fn fingerprint(&self) -> crate::fingerprint::Fingerprint {
        crate::fingerprint::Fingerprint::of_type::<Self>()
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        Err(Error::login_required("a person has to log in"))
    }

    async fn refresh_token(&self, token: &RefreshToken) -> Result<OAuthToken> {
        yield_now().await;
        crate::refresh_progress::about_to_send().await?;
        let answer = self.simulation.0.server.lock().unwrap().refresh(token);
        yield_now().await;
        let lost =
            self.simulation.0.losses.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if lost.is_ok() { Err(Error::outcome_unknown("the connection broke")) } else { answer }
    }

    fn refresh_token_rotation(&self) -> RefreshTokenRotation {
        self.rotation
    }

    fn announces_sending(&self) -> bool {
        true
    }
}

impl LoginStorage for Simulation {
    async fn newest(&self) -> Result<Versioned<Login>, StoreFailure> {
        yield_now().await;
        Ok(self.0.login.lock().unwrap().clone())
    }

    async fn mark(&self, marked: Versioned<Login>) -> Result<bool, StoreFailure> {
        self.end(marked).await
    }

    async fn save(&self, login: Versioned<Login>) -> Result<(), StoreFailure> {
        self.end(login).await.map(|_| ())
    }

    async fn end(&self, login: Versioned<Login>) -> Result<bool, StoreFailure> {
        yield_now().await;
        let mut there = self.0.login.lock().unwrap();
        let is_newer = login.version > there.version;
        if is_newer {
            *there = login;
        }
        Ok(is_newer)
    }

    fn came_with(&self, _: &OAuthToken, _: ClockReading) {}

    fn is_useless(&self) -> bool {
        false
    }

    fn found_useless(&self) {}
}

impl Simulation {
    fn new() -> Self {
        let simulation = Self::default();
        let login = Login::of(Some(RefreshToken::new("refresh-0")), None);
        *simulation.0.login.lock().unwrap() = Versioned { version: 1, value: login };
        simulation
    }

    fn process(&self, rotation: RefreshTokenRotation) -> Process {
        Process { simulation: self.clone(), rotation }
    }

    fn replays(&self) -> usize {
        self.0.server.lock().unwrap().replays
    }
}

impl Process {
    /// A refresh under the lease, or, where it has been lost meanwhile, without.
    #[allow(clippy::unused_async, reason = "it is run as a task, which may be dropped")]
    async fn refresh(self, has_lease: bool) -> Result<()> {
        let lease = if has_lease { Some(self.simulation.0.lease.lock().unwrap()) } else { None };
        let (policy, time) = (RefreshPolicy::default(), Time::System);
        let flow = RefreshContext { client: &self, policy: &policy, time: &time };
        // One step after the other: the lease is not held by a thread that others could need.
        let outcome = block_on(fetch(flow, &self.simulation)).map(|_| ()).map_err(StoreFailure::error);
        drop(lease);
        outcome
    }
}

const ORDERS: usize = 300;

fn in_many_orders(scenario: impl Fn() + Send + Sync + Clone + 'static) {
    run(RandomScheduler::new(ORDERS), scenario.clone());
    run(PctScheduler::new(4, ORDERS), scenario);
}

fn run(scheduler: impl Scheduler + 'static, scenario: impl Fn() + Send + Sync + 'static) {
    let mut config = Config::new();
    config.stack_size = 256 * 1024;
    config.silence_warnings = true;
    Runner::new(scheduler, config).run(move || {
        fastrand::seed(1);
        scenario();
    });
}

fn at_once(processes: Vec<Process>, have_lease: bool) -> Vec<Result<()>> {
    let threads: Vec<_> = processes
        .into_iter()
        .map(|process| shuttle::thread::spawn(move || block_on(process.refresh(have_lease))))
        .collect();
    threads.into_iter().map(|thread| thread.join().unwrap()).collect()
}

#[test]
fn under_the_lease_no_token_is_replayed() {
    in_many_orders(|| {
        let simulation = Simulation::new();
        for outcome in at_once((0..3).map(|_| simulation.process(RefreshTokenRotation::Unknown)).collect(), true) {
            outcome.unwrap();
        }
        assert_eq!((simulation.replays(), simulation.0.server.lock().unwrap().requests), (0, 3));
    });
}

/// A server that leaves its tokens: a lost answer costs nothing, and twice in a row a moment.
#[test]
fn a_lost_answer_costs_no_login_where_the_token_stays() {
    in_many_orders(|| {
        let simulation = Simulation::new();
        simulation.0.server.lock().unwrap().stays = true;
        simulation.0.losses.store(1, Ordering::SeqCst);
        for outcome in at_once((0..2).map(|_| simulation.process(RefreshTokenRotation::Never)).collect(), true) {
            outcome.unwrap();
        }
        assert_eq!(simulation.replays(), 0);
    });
}

/// A server that rotates strictly: the token is sent once more, and then by no process again.
#[test]
fn after_a_lost_answer_a_token_is_sent_once_more_and_never_again() {
    in_many_orders(|| {
        let simulation = Simulation::new();
        simulation.0.losses.store(1, Ordering::SeqCst);
        for outcome in at_once((0..3).map(|_| simulation.process(RefreshTokenRotation::Unknown)).collect(), true) {
            assert!(outcome.unwrap_err().needs_login());
        }
        assert_eq!((simulation.replays(), simulation.0.server.lock().unwrap().requests), (1, 2));
    });
}

/// Tasks that are dropped at any point, one after the other: at the most one more request goes out than were cut off from
/// their answer, and a login that the server has not acted on is not lost.
#[test]
fn a_process_that_is_killed_at_any_point_costs_at_most_one_more_request() {
    for polls in 0..16 {
        in_many_orders(move || {
            let simulation = Simulation::new();
            let killed = simulation.process(RefreshTokenRotation::Unknown);
            let task = spawn(async move {
                let (policy, time) = (RefreshPolicy::default(), Time::System);
                let flow = RefreshContext { client: &killed, policy: &policy, time: &time };
                let _ = fetch(flow, &killed.simulation).await;
            });
            block_on(async {
                for _ in 0..polls {
                    yield_now().await;
                }
            });
            task.abort();
            let _ = block_on(task);
            let had_acted = simulation.0.server.lock().unwrap().current > 0;
            let outcome = block_on(simulation.process(RefreshTokenRotation::Unknown).refresh(true));
            let server = simulation.0.server.lock().unwrap();
            if had_acted {
                // Either its successor was kept, or the answer is lost and so is the login.
                assert!(server.replays <= 1 && server.requests <= 2);
                assert_eq!(outcome.is_err(), server.replays == 1);
            } else {
                outcome.unwrap();
                assert_eq!((server.replays, server.requests), (0, 1));
            }
        });
    }
}

/// Two who both believe that they hold the lease: versions decide. What one of them has marked, the other one sends once more at
/// the most.
#[test]
fn without_the_lease_versions_decide() {
    in_many_orders(|| {
        let simulation = Simulation::new();
        let outcomes = at_once((0..2).map(|_| simulation.process(RefreshTokenRotation::Unknown)).collect(), false);
        assert!(simulation.0.server.lock().unwrap().requests <= 3);
        assert!(outcomes.iter().any(Result::is_ok) || simulation.replays() > 0);
    });
}
