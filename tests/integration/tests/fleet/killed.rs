//! Processes are killed while the fleet runs, at random and at the worst moment, and started again.

use std::time::{Duration, Instant};

use grantkit_testkit::{AuthorizationServer, Fault};
use tokio::time::sleep;

use crate::commander::{Fleet, alone, until};
use crate::job::{Event, Job, KINDS, Kind, Place, Verdict, When, Work};
use crate::login::{LIFETIME, log_in, no_replay, server};
use crate::redis_server::RedisServer;
use crate::steady::{PROCESSES, TASKS};
use crate::trace::{Cost, cost};
use crate::worker::PERSON;

/// Long enough for a process to be killed meanwhile. The server has done by then what it was asked.
pub(crate) const ANSWER_TAKES: Duration = Duration::from_millis(150);
const KILLED_AT_RANDOM: usize = 5;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_that_are_killed_cost_no_replay_and_a_login_only_with_a_lost_answer() {
    let _alone = alone().await;
    let (redis, server) = (RedisServer::start(), server(LIFETIME).await);
    let place = Place::Redis { url: redis.url(), is_patient: true };
    log_in(&server, &place, PERSON, false).await;
    server.faults().always("/token", Fault::delay_answer(ANSWER_TAKES));
    let job = Job { place: place.clone(), issuer: server.issuer(), work: Work::Serve { tasks: TASKS } };
    let mut fleet = Fleet::start(job, PROCESSES);
    fleet.goes_on(&KINDS, 1).await;
    let all_run = Instant::now();

    for _ in 0..KILLED_AT_RANDOM {
        sleep(LIFETIME.mul_f64(fastrand::f64() / 2.0)).await;
        let (since, cost) = kill(&mut fleet, fastrand::usize(..PROCESSES));
        settle(&fleet, &server, &place, since, cost).await;
    }
    fleet.goes_on(&KINDS, 1).await;

    // One that has sent the refresh token, and one that asks for the machine's.
    let (since, of_person) = loop {
        let (since, cost) = kill_one(&mut fleet, |events| cost(events, PERSON) == Cost::Login).await;
        if cost == Cost::Login {
            break (since, cost);
        }
        // It had its answer just before.
        settle(&fleet, &server, &place, since, cost).await;
    };
    kill_one(&mut fleet, asks_for_machine).await;
    settle(&fleet, &server, &place, since, of_person).await;
    fleet.goes_on(&KINDS, 2).await;

    fleet.end();
    assert_eq!(fleet.turned(Kind::Machine, &Verdict::NeedsLogin), 0);
    // Whoever waited for the dead one's lease shared what came then.
    let mut tokens = fleet.tokens(Kind::Machine);
    tokens.pop();
    tokens.retain(|(at, _)| *at > all_run);
    assert!(tokens.iter().all(|(_, processes)| *processes > PROCESSES / 2), "{tokens:?}");
    no_replay(&server);
}

/// Kills the first one of which this holds.
async fn kill_one(fleet: &mut Fleet, is_it: impl Fn(&[Event]) -> bool) -> (Instant, Cost) {
    let number = fleet.one_that(is_it).await;
    kill(fleet, number)
}

fn kill(fleet: &mut Fleet, number: usize) -> (Instant, Cost) {
    let since = Instant::now();
    let events = fleet.kill(number);
    (since, cost(&events, PERSON))
}

/// The person logs in again where the one that was killed has taken the login along, and only there.
async fn settle(fleet: &Fleet, server: &AuthorizationServer, place: &Place, since: Instant, cost: Cost) {
    let lost = || fleet.turned_since(since, Kind::Person, &Verdict::NeedsLogin);
    let had = fleet.had(Kind::Person);
    let goes_on = || fleet.has_gone_on(Kind::Person, &had, 1);
    println!("killed: {cost:?}");
    match cost {
        Cost::Nothing => {
            until("everybody goes on", || goes_on() || lost() > 0).await;
            assert_eq!(lost(), 0, "a login is lost, and no answer was");
        }
        Cost::Unknown => until("it shows", || goes_on() || lost() == PROCESSES).await,
        Cost::Login => until("everybody is told", || lost() == PROCESSES).await,
    }
    if lost() > 0 {
        log_in(server, place, PERSON, false).await;
        until("everybody finds the new login", goes_on).await;
    }
}

fn asks_for_machine(events: &[Event]) -> bool {
    let last = events.iter().rfind(|event| matches!(event, Event::Step { call, .. } if call == "get_token"));
    matches!(last, Some(Event::Step { key, when: When::Before, .. }) if key == "machine")
}
