//! Processes are killed while the fleet runs, at random and at the worst moment, and started again.

use std::time::{Duration, Instant};

use grantkit_testkit::{AuthorizationServer, Fault};
use tokio::time::sleep;

use crate::commander::{Fleet, alone, until};
use crate::job::{AfterLostResponse, Event, Job, KINDS, Kind, Place, Verdict, When, Work};
use crate::login::{lifetime, log_in, no_replay, sent_at_most_twice, server, server_with_grace};
use crate::redis_server::RedisServer;
use crate::steady::{PROCESSES, TASKS, are_shared};
use crate::trace::{Cost, cost};
use crate::worker::PERSON;

/// Long enough for a process to be killed meanwhile. The server has done by then what it was asked.
pub(crate) const ANSWER_TAKES: Duration = Duration::from_millis(150);
const KILLED_AT_RANDOM: usize = 5;
/// Each takes as long as a lease.
const SENT_ONCE_MORE: usize = 2;
/// One of so many is killed when it has sent the refresh token.
const AT_THE_WORST_MOMENT: usize = 10;
/// How long processes are killed at random where this is set to 1.
const SOAK: Duration = Duration::from_mins(10);
const SOAKS: &str = "GRANTKIT_SOAK";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_processes_cost_no_replay_and_a_login_only_by_a_lost_answer() {
    let _alone = alone().await;
    let mut run = Run::start(server(lifetime()).await, AfterLostResponse::Never).await;
    let all_run = Instant::now();
    run.kill_at_random().await;

    // One that has sent the refresh token, and one that asks for the machine's.
    let of_person = loop {
        let killed = run.kill_one(has_sent).await;
        if killed.cost == Cost::Login {
            break killed;
        }
        // It had its answer just before.
        run.settle(killed).await;
    };
    run.kill_one(asks_for_machine).await;
    run.settle(of_person).await;
    run.fleet.goes_on(&KINDS, 2).await;

    run.fleet.end();
    assert_eq!(run.fleet.turned(Kind::Machine, &Verdict::NeedsLogin), 0);
    // The processes that waited for the killed one's lease shared what came then.
    let mut tokens = run.fleet.tokens(Kind::Machine);
    tokens.pop();
    are_shared(tokens.into_iter().filter(|(at, _)| *at > all_run));
    no_replay(&run.server);
}

/// By default the next one sends the refresh token once more. Where the server had acted, that is the one replay there is, and the
/// login, which was lost by then, is lost.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_processes_by_default_cost_a_login_only_if_server_acted() {
    let _alone = alone().await;
    let mut run = Run::start(server(lifetime()).await, AfterLostResponse::Default).await;
    run.kill_at_random().await;
    // Until there was one at the worst moment.
    loop {
        let killed = run.kill_one(has_sent).await;
        if run.settle(killed).await {
            break;
        }
    }
    run.fleet.goes_on(&KINDS, 2).await;
    run.fleet.end();
    assert_eq!(run.fleet.turned(Kind::Machine, &Verdict::NeedsLogin), 0);
    sent_at_most_twice(&run.server);
}

/// With a server that takes the old refresh token for a while, no login is lost, whenever a process is killed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_processes_cost_no_login_at_a_server_with_a_grace_period() {
    let _alone = alone().await;
    let mut run = Run::start(server_with_grace(lifetime()).await, AfterLostResponse::Default).await;
    for _ in 0..SENT_ONCE_MORE {
        // Until the server has been sent one of them once more.
        let before = run.server.counters().refresh_tokens_in_grace;
        while run.server.counters().refresh_tokens_in_grace == before {
            let killed = run.kill_one(has_sent).await;
            assert!(!run.settle(killed).await, "{}", run.fleet.story());
        }
    }
    run.fleet.goes_on(&KINDS, 2).await;
    run.fleet.end();
    assert_eq!(run.fleet.turned(Kind::Person, &Verdict::NeedsLogin), 0);
    sent_at_most_twice(&run.server);
    no_replay(&run.server);
}

/// A fleet, and what it needs.
struct Run {
    fleet: Fleet,
    server: AuthorizationServer,
    place: Place,
    after_lost_response: AfterLostResponse,
    _redis: RedisServer,
}

/// One was killed.
struct Killed {
    since: Instant,
    cost: Cost,
    /// How often a spent refresh token had come by then.
    replays: u64,
}

impl Run {
    async fn start(server: AuthorizationServer, after_lost_response: AfterLostResponse) -> Self {
        let redis = RedisServer::start();
        let place = Place::Redis { url: redis.url(), is_patient: true };
        log_in(&server, &place, PERSON, false).await;
        server.faults().always("/token", Fault::delay_answer(ANSWER_TAKES));
        let work = Work::Serve { tasks: TASKS, lifetime: lifetime() };
        let job = Job { place: place.clone(), issuer: server.issuer(), work, after_lost_response };
        let fleet = Fleet::start(job, PROCESSES);
        fleet.goes_on(&KINDS, 1).await;
        Self { fleet, server, place, after_lost_response, _redis: redis }
    }

    async fn kill_at_random(&mut self) {
        let soaks = std::env::var_os(SOAKS).is_some_and(|soaks| soaks == "1");
        let (began, mut kills) = (Instant::now(), 0);
        while kills < KILLED_AT_RANDOM || soaks && began.elapsed() < SOAK {
            kills += 1;
            let killed = if kills % AT_THE_WORST_MOMENT == 0 {
                // Which chance seldom hits.
                self.kill_one(has_sent).await
            } else {
                sleep(lifetime().mul_f64(fastrand::f64() / 2.0)).await;
                self.kill(fastrand::usize(..PROCESSES))
            };
            self.settle(killed).await;
        }
        self.fleet.goes_on(&KINDS, 1).await;
    }

    /// Kills the first one of which this holds.
    async fn kill_one(&mut self, is_it: impl Fn(&[Event]) -> bool) -> Killed {
        let number = self.fleet.one_that(is_it).await;
        self.kill(number)
    }

    fn kill(&mut self, number: usize) -> Killed {
        let (since, replays) = (Instant::now(), self.replays());
        let events = self.fleet.kill(number);
        Killed { since, cost: cost(&events, PERSON), replays }
    }

    fn replays(&self) -> u64 {
        self.server.counters().reused_refresh_tokens
    }

    /// The person logs in again where the killed process has taken the login along, and only there; tells whether it has.
    async fn settle(&self, killed: Killed) -> bool {
        let sends_again = self.after_lost_response == AfterLostResponse::Default;
        let lost = || self.fleet.turned_since(killed.since, Kind::Person, &Verdict::NeedsLogin);
        let had = self.fleet.had(Kind::Person);
        let goes_on = |tokens| self.fleet.has_gone_on(Kind::Person, &had, tokens);
        println!("killed: {:?}", killed.cost);
        match killed.cost {
            Cost::Nothing => {
                until("everybody goes on", || goes_on(1) || lost() > 0).await;
                assert_eq!(lost(), 0, "a login is lost, and no answer was");
            }
            // The second one comes of a refresh after the kill.
            _ if sends_again => until("it shows", || goes_on(2) || lost() == PROCESSES).await,
            Cost::Unknown => until("it shows", || goes_on(1) || lost() == PROCESSES).await,
            Cost::Login => until("everybody is told", || lost() == PROCESSES).await,
        }
        let is_lost = lost() > 0;
        // That the server takes what comes once more for spent says that it had acted.
        let replays = u64::from(is_lost && sends_again);
        assert_eq!(self.replays() - killed.replays, replays, "{:?}: lost: {is_lost}", killed.cost);
        if is_lost {
            log_in(&self.server, &self.place, PERSON, false).await;
            until("everybody finds the new login", || goes_on(1)).await;
        }
        is_lost
    }
}

/// The store says that it is sending the person's refresh token, and nothing of a successor.
pub(crate) fn has_sent(events: &[Event]) -> bool {
    cost(events, PERSON) == Cost::Login
}

fn asks_for_machine(events: &[Event]) -> bool {
    let last = events.iter().rfind(|event| matches!(event, Event::Step { call, .. } if call == "get_token"));
    matches!(last, Some(Event::Step { key, when: When::Before, .. }) if key == "machine")
}
