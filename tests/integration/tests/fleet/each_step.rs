//! `kill -9` at each step of a refresh, one process a step; and what the next process finds.

use std::collections::BTreeMap;
use std::time::Duration;

use grantkit_testkit::{AuthorizationServer, Fault};

use crate::commander::{End, Worker, until};
use crate::job::{AfterLostResponse, Event, Job, Place, Verdict, When, Work};
use crate::login::{log_in, sent_at_most_twice, server};
use crate::redis_server::RedisServer;
use crate::trace::is_login;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn login_in_redis_survives_a_kill_at_each_step_unless_server_acted() {
    let redis = RedisServer::start();
    lost_only_where_the_server_had_acted(Place::Redis { url: redis.url(), is_patient: true }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn login_in_a_file_survives_a_kill_at_each_step_unless_server_acted() {
    let folder = tempfile::tempdir().unwrap();
    lost_only_where_the_server_had_acted(Place::File(folder.path().to_owned())).await;
}

/// One step of a refresh.
#[derive(Debug)]
struct Step {
    call: String,
    is_of_login: bool,
}

/// Each step has a login of its own.
async fn lost_only_where_the_server_had_acted(place: Place) {
    let server = server(Duration::from_hours(1)).await;
    let steps = steps_of_a_refresh(&server, &place).await;
    let marked = steps.iter().position(|step| step.call == "mark").unwrap();
    let kept = steps.iter().position(|step| step.call == "put" && step.is_of_login).unwrap();
    let names: Vec<_> = steps.iter().map(|step| step.call.as_str()).collect();
    // The mark is put within the refresh: once there is a connection, before the bytes leave.
    assert_eq!(names[marked - 1..=kept], ["refresh", "mark", "put"], "asked, said, sent, kept: {steps:?}");
    assert!(marked >= 4 && names[kept + 1..] == ["put", "release"], "read under the lease before: {steps:?}");

    // While the server works: it has rotated the token, and the answer is under way. The next process sends the token once
    // more, since it cannot know that; this server takes that for theft.
    let mut expected = BTreeMap::from([("at-work".to_owned(), false)]);
    kill_while_the_server_works(&server, &place, "at-work").await;
    let mut killed = Vec::new();
    for at in 0..steps.len() {
        for when in [When::Before, When::After] {
            let name = format!("step-{at}-{when:?}");
            log_in(&server, &place, &name, true).await;
            killed.push(once(&server, &place, [name.clone()], Some((at + 1, when))));
            // The answer is there, and its successor is about to be stored: that comes before anything else is made of it, so that
            // the step of sending ends later. Before that the server has not seen the token.
            let is_lost = (at, when) == (kept, When::Before);
            expected.insert(name, !is_lost);
        }
    }
    for mut killed in killed {
        assert_eq!(ended(&mut killed).await, End::Killed);
        let outcomes = killed.count(|event| matches!(event, Event::Outcome { .. }));
        assert_eq!(outcomes, 0, "it was killed before it had its token");
    }

    // One process finds them all.
    let names: Vec<_> = expected.keys().cloned().collect();
    let found = outcomes(once(&server, &place, names.clone(), None)).await;
    let lost = expected.values().filter(|is_good| !**is_good).count();
    let sent_again = || (server.counters().reused_refresh_tokens, server.counters().revoked_families);
    assert_eq!((lost, sent_again()), (2, (2, 2)), "each of them once more");
    sent_at_most_twice(&server);
    for (name, is_good) in &expected {
        match &found[name] {
            Ok(_) => assert!(is_good, "{name}: a token, and the one before was replaced"),
            Err(error) => assert!(!is_good && *error == Verdict::NeedsLogin, "{name}: {error:?}"),
        }
    }

    // The persons log in, and all is well.
    for (name, _) in expected.iter().filter(|(_, is_good)| !**is_good) {
        log_in(&server, &place, name, true).await;
    }
    let found = outcomes(once(&server, &place, names, None)).await;
    assert!(found.values().all(Result::is_ok), "{found:?}");
    assert_eq!(sent_again(), (2, 2));
}

/// Of a refresh that is not disturbed.
async fn steps_of_a_refresh(server: &AuthorizationServer, place: &Place) -> Vec<Step> {
    log_in(server, place, "undisturbed", true).await;
    let mut process = once(server, place, ["undisturbed".to_owned()], None);
    assert_eq!(ended(&mut process).await, End::ByItself);
    let steps = process.events().into_iter().filter_map(|event| match event {
        Event::Step { call, key, when: When::Before, .. } => {
            Some(Step { call, is_of_login: is_login(&key, "undisturbed") })
        }
        _ => None,
    });
    steps.collect()
}

async fn kill_while_the_server_works(server: &AuthorizationServer, place: &Place, name: &str) {
    log_in(server, place, name, true).await;
    server.faults().next("/token", 1, Fault::delay_answer(Duration::from_mins(10)));
    let issued = server.counters().refresh_tokens_issued;
    let mut process = once(server, place, [name.to_owned()], None);
    until("the refresh token is rotated", || server.counters().refresh_tokens_issued > issued).await;
    process.kill();
}

pub(crate) fn once(
    server: &AuthorizationServer,
    place: &Place,
    logins: impl Into<Vec<String>>,
    killed_at: Option<(usize, When)>,
) -> Worker {
    let work = Work::Once { logins: logins.into(), killed_at };
    let (place, issuer) = (place.clone(), server.issuer());
    Worker::start(&Job { place, issuer, work, after_lost_response: AfterLostResponse::Default })
}

/// The server runs on: it is in this process.
pub(crate) async fn ended(process: &mut Worker) -> End {
    until("it ends", || process.has_ended()).await;
    process.end()
}

pub(crate) async fn outcomes(mut process: Worker) -> BTreeMap<String, Result<String, Verdict>> {
    assert_eq!(ended(&mut process).await, End::ByItself);
    let outcomes = process.events().into_iter().filter_map(|event| match event {
        Event::Outcome { login, token } => Some((login, token)),
        _ => None,
    });
    outcomes.collect()
}
