//! All is well.

use std::time::Instant;

use crate::commander::{Fleet, alone};
use crate::job::{AfterLostResponse, Event, Job, KINDS, Kind, Place, Verdict, Work};
use crate::login::{lifetime, log_in, no_replay, server};
use crate::redis_server::RedisServer;
use crate::worker::PERSON;

pub(crate) const PROCESSES: usize = 20;
pub(crate) const TASKS: u32 = 50;
const EXPIRIES: u32 = 7;

/// What `RefreshPolicy` promises: no token is renewed before three quarters of its life, less a tenth.
const SOONEST: f64 = 0.65;

/// Most of these tokens were handed out by most processes. One that comes late on a busy machine may be over before others look for it.
pub(crate) fn are_shared(tokens: impl Iterator<Item = (Instant, usize)>) {
    let tokens: Vec<_> = tokens.collect();
    let alone = tokens.iter().filter(|(_, processes)| *processes <= PROCESSES / 2).count();
    assert!(alone <= tokens.len() / 4, "{tokens:?}");
}

/// 20 processes with 50 tasks each use a machine's client and a person's login over many lives of their tokens.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fleet_makes_one_token_request_an_expiry() {
    let _alone = alone().await;
    let (redis, server) = (RedisServer::start(), server(lifetime()).await);
    let place = Place::Redis { url: redis.url(), is_patient: true };
    let of_login = log_in(&server, &place, PERSON, false).await;
    let began = Instant::now();
    let work = Work::Serve { tasks: TASKS, lifetime: lifetime() };
    let job = Job { place, issuer: server.issuer(), work, after_lost_response: AfterLostResponse::Default };
    let mut fleet = Fleet::start(job, PROCESSES);
    fleet.goes_on(&KINDS, 1).await;
    let all_run = Instant::now();
    fleet.goes_on(&KINDS, EXPIRIES as usize).await;
    fleet.end();
    let elapsed = began.elapsed();

    let counters = server.counters();
    for (kind, requests) in KINDS.into_iter().zip([counters.client_credentials, counters.refresh_token]) {
        let (requests, mut tokens) = (u32::try_from(requests).unwrap(), fleet.tokens(kind));
        println!("{kind:?}: {requests} requests in {elapsed:?}, {tokens:?}");
        // The person's first token came with the login, and may be over before the first process runs.
        let had_it = kind == Kind::Person
            && fleet.has_said(|event| matches!(event, Event::Token { token, .. } if *token == of_login));
        let asked_for = u32::try_from(tokens.len()).unwrap() - u32::from(had_it);
        // Where the machine stood still for as long as a token lives, another one was asked for at once.
        let too_late = u32::try_from(fleet.turned(kind, &Verdict::TooLate)).unwrap();
        // The last one may have been under way when all ended.
        assert!(requests - asked_for <= 1 + too_late, "{kind:?}: {requests} requests for {asked_for} tokens");
        assert!(requests >= EXPIRIES, "{kind:?}: {requests} requests");
        let lives = (requests - 1).saturating_sub(too_late);
        assert!(lifetime().mul_f64(SOONEST) * lives <= elapsed, "{kind:?}: {requests} requests in {elapsed:?}");
        // Who asks beside another gets a token that the others do not: the store has the other one.
        tokens.pop();
        are_shared(tokens.into_iter().filter(|(at, _)| *at > all_run));
        for trouble in [Verdict::NeedsLogin, Verdict::Retryable] {
            assert_eq!(fleet.turned(kind, &trouble), 0, "{kind:?} {trouble:?}");
        }
    }
    no_replay(&server);
}
