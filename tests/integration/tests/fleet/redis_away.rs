//! Redis stops answering, is stopped, restarted, emptied, while the fleet runs.

use std::time::{Duration, Instant};

use grantkit_testkit::{AuthorizationServer, Fault};

use crate::commander::{Fleet, alone, until};
use crate::job::{AfterLostResponse, Event, Job, KINDS, Kind, Place, Verdict, When, Work};
use crate::killed::{ANSWER_TAKES, has_sent};
use crate::login::{lifetime, log_in, no_replay, sent_at_most_twice, server};
use crate::redis_server::RedisServer;
use crate::steady::{PROCESSES, TASKS};
use crate::worker::PERSON;

/// A lease lasts 10 s; it takes 4 s in all while nothing else runs.
const SHORTER_THAN_A_LEASE: Duration = Duration::from_secs(9);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_outage_costs_no_replay_and_a_login_only_if_data_is_lost() {
    let _alone = alone().await;
    let (mut redis, server) = (RedisServer::start(), server(lifetime()).await);
    let place = Place::Redis { url: redis.url(), is_patient: false };
    log_in(&server, &place, PERSON, false).await;
    server.faults().always("/token", Fault::delay_answer(ANSWER_TAKES));
    let work = Work::Serve { tasks: TASKS, lifetime: lifetime() };
    let job =
        Job { place: place.clone(), issuer: server.issuer(), work, after_lost_response: AfterLostResponse::Default };
    let mut fleet = Fleet::start(job, PROCESSES);
    fleet.goes_on(&KINDS, 1).await;

    // While a process has sent the refresh token. Meanwhile, the machine gets its tokens by itself, and no process spends the
    // person's refresh token.
    let mut outlasted_a_lease = false;
    for it_crashes in [false, true] {
        fleet.one_that(has_sent).await;
        let began = Instant::now();
        if it_crashes {
            redis.stop();
        } else {
            redis.freeze();
        }
        let replays = server.counters().reused_refresh_tokens;
        fleet.goes_on(&[Kind::Machine], 2).await;
        assert_eq!(server.counters().reused_refresh_tokens, replays);
        if it_crashes {
            redis.restart();
        } else {
            redis.thaw();
        }
        if began.elapsed() > SHORTER_THAN_A_LEASE {
            // The process that has the successor could not store it in time, and another sends what it finds once more.
            outlasted_a_lease = true;
            all_go_on(&fleet, &server, &place, began).await;
        }
        fleet.goes_on(&KINDS, 2).await;
    }
    sent_at_most_twice(&server);
    if !outlasted_a_lease {
        no_replay(&server);
    }
    // Redis has forgotten nothing. At the most, the next process cannot tell whether the refresh token was sent: on a machine so
    // busy that all this took long, or where Redis took the mark too late for the process to act on it. It has passed.
    let a_mark_was_late =
        fleet.has_said(|event| matches!(event, Event::Step { call, when: When::Failed, .. } if call == "mark"));
    let lost = fleet.turned(Kind::Person, &Verdict::NeedsLogin);
    assert!(lost == 0 || a_mark_was_late || outlasted_a_lease, "{}", fleet.story());

    let since = Instant::now();
    let () = redis::cmd("FLUSHALL").query(&mut redis.raw()).unwrap();
    all_go_on(&fleet, &server, &place, since).await;
    redis.stop();
    std::fs::remove_dir_all(redis.folder().join("appendonlydir")).unwrap();
    let since = Instant::now();
    redis.restart();
    all_go_on(&fleet, &server, &place, since).await;

    fleet.end();
    assert_eq!(fleet.turned(Kind::Machine, &Verdict::NeedsLogin), 0);
    sent_at_most_twice(&server);
    if !outlasted_a_lease {
        no_replay(&server);
    }
}

/// Where the person's login is lost, the person logs in; the machine's tokens are shared anew.
async fn all_go_on(fleet: &Fleet, server: &AuthorizationServer, place: &Place, since: Instant) {
    let had = fleet.had(Kind::Person);
    let lost = || fleet.turned_since(since, Kind::Person, &Verdict::NeedsLogin);
    until("everybody is told", || lost() == PROCESSES || fleet.has_gone_on(Kind::Person, &had, 2)).await;
    if lost() > 0 {
        log_in(server, place, PERSON, false).await;
    }
    fleet.goes_on(&KINDS, 2).await;
}
