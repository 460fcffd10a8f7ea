//! A logout while other processes use and refresh the login, and one logs in anew.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use grantkit_testkit::{AuthorizationServer, Fault};
use tokio::time::sleep;

use crate::commander::{End, Worker, alone, story, until};
use crate::job::{AfterLostResponse, Event, Job, Place, Verdict, When, Work};
use crate::login::{finished_login, keep_login, lifetime, server};
use crate::redis_server::RedisServer;
use crate::trace::is_login;
use crate::worker::PERSON;

const PROCESSES: usize = 8;
/// So that the lease is held most of the time.
const ANSWER_TAKES: Duration = Duration::from_millis(100);
/// As long as a logout waits for the lease, or longer.
const LATER: u64 = 300;

/// By a process that needs a login and asks all the time.
const SEEN_WITHIN: Duration = Duration::from_secs(1);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Order {
    /// The new login comes when all is over.
    OneByOne,
    /// The new login comes when the logout has begun: it stays.
    LogOutFirst,
    /// Either is seen first: the new login stays, or is what the logout ends.
    AtOnce,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn log_out_among_refreshing_processes_ends_this_login_only() {
    let _alone = alone().await;
    let (redis, server) = (RedisServer::start(), server(lifetime()).await);
    let place = Place::Redis { url: redis.url(), is_patient: true };
    let start = |work| {
        let (place, issuer) = (place.clone(), server.issuer());
        Worker::start(&Job { place, issuer, work, after_lost_response: AfterLostResponse::Default })
    };
    let log_in = async |number: usize| {
        let token = finished_login(&server.issuer(), &scope(number)).await;
        keep_login(&server.issuer(), &place, PERSON, &token).await;
    };
    let mut number = 0;
    log_in(number).await;
    server.faults().always("/token", Fault::delay_answer(ANSWER_TAKES));
    let person = || PERSON.to_owned();
    let mut users: Vec<_> = (0..PROCESSES).map(|_| start(Work::Use { login: person() })).collect();
    let mut revoked = BTreeSet::new();
    let mut gone = Vec::new();
    for order in [Order::OneByOne, Order::LogOutFirst, Order::AtOnce, Order::LogOutFirst, Order::AtOnce] {
        until("all use the login", || users.iter().all(|user| serves(user, number))).await;
        let mut leaving = start(Work::LogOut { login: person() });
        let mut coming = start(Work::LogIn { login: person(), scope: scope(number + 1) });
        until("both are ready", || [&leaving, &coming].iter().all(|one| one.has_said(|said| *said == Event::Ready)))
            .await;
        let families = server.counters().revoked_families;
        leaving.go();
        if order == Order::LogOutFirst {
            until("the logout has begun", || has_begun(&leaving.events())).await;
            sleep(Duration::from_millis(fastrand::u64(..LATER))).await;
        }
        if order == Order::OneByOne {
            let needs_login = Some(Err(Verdict::NeedsLogin));
            until("nobody has a token", || users.iter().all(|user| last(user) == needs_login)).await;
            let (spent, revoked) = (spent_refresh_tokens(&server), revoked_refresh_tokens(&server));
            assert!(!spent.contains(&revoked[0]), "what was revoked is what the store had");
        }
        coming.go();
        for process in [&mut leaving, &mut coming] {
            until("it ends", || process.has_ended()).await;
            assert_eq!(process.end(), End::ByItself);
            let failed = |event: &Event| matches!(event, Event::Outcome { token: Err(_), .. });
            assert!(!process.has_said(failed), "{order:?}: {:?}", process.events());
        }

        gone.extend([leaving, coming]);

        // One refresh token, of one login.
        let before = revoked.len();
        revoked.extend(revoked_refresh_tokens(&server));
        assert_eq!(revoked.len(), before + 1, "{order:?}");
        assert_eq!(server.counters().revoked_families, families + 1, "{order:?}");
        number += 1;
        let new = number;
        let (mut stays, mut over_since) = (false, None);
        until("it shows", || {
            stays = users.iter().all(|user| serves(user, new));
            let is_over = users.iter().all(|user| last(user) == Some(Err(Verdict::NeedsLogin)));
            over_since = over_since.filter(|_| is_over).or_else(|| is_over.then(Instant::now));
            stays || order == Order::AtOnce && over_since.is_some_and(|since| since.elapsed() > SEEN_WITHIN)
        })
        .await;
        println!("{order:?}: the new login {}", if stays { "stays" } else { "is ended" });
        if !stays {
            number += 1;
            log_in(number).await;
        }
    }
    // It is no access token that outlives its login.
    until("all use the last login", || users.iter().all(|user| serves(user, number))).await;
    sleep(lifetime()).await;
    until("it was refreshed", || users.iter().all(|user| tokens(user, number) >= 2)).await;
    for user in &mut users {
        assert_eq!(user.end(), End::ByItself);
        assert!(serves(user, number), "{:?}", user.events());
        let numbers: Vec<_> = user.events().iter().filter_map(served).flatten().collect();
        assert!(numbers.is_sorted(), "a token of a login that is over came back: {:?}", user.events());
    }
    let spent = spent_refresh_tokens(&server);
    assert_eq!(
        spent.iter().collect::<BTreeSet<_>>().len(),
        spent.len(),
        "each once: {}",
        story(users.iter().chain(&gone))
    );
    assert_eq!(server.counters().reused_refresh_tokens, 0);
}

fn scope(number: usize) -> String {
    format!("login-{number}")
}

/// The number of the login whose token it was, or that there was none.
#[allow(clippy::option_option, reason = "not served, served none, served one")]
fn served(event: &Event) -> Option<Option<usize>> {
    let Event::Served(served) = event else { return None };
    Some(served.as_ref().ok().map(|served| served.scope.trim_start_matches("login-").parse().unwrap()))
}

fn last(user: &Worker) -> Option<Result<usize, Verdict>> {
    user.events().into_iter().rev().find_map(|event| match (served(&event)?, event) {
        (Some(number), _) => Some(Ok(number)),
        (None, Event::Served(Err(verdict))) => Some(Err(verdict)),
        _ => None,
    })
}

fn serves(user: &Worker, number: usize) -> bool {
    last(user) == Some(Ok(number))
}

/// How many tokens of this login it was handed.
fn tokens(user: &Worker, number: usize) -> usize {
    user.count(|event| served(event) == Some(Some(number)))
}

/// It has read which login it is to end.
fn has_begun(events: &[Event]) -> bool {
    let mut since = events.iter().skip_while(|event| **event != Event::Ready);
    since.any(|event| {
        matches!(event, Event::Step { call, key, when: When::After, .. } if call == "get" && is_login(key, PERSON))
    })
}

fn spent_refresh_tokens(server: &AuthorizationServer) -> Vec<String> {
    server.requests().iter().filter_map(|request| request.form_value("refresh_token")).collect()
}

fn revoked_refresh_tokens(server: &AuthorizationServer) -> Vec<String> {
    let requests = server.requests();
    let revocations =
        requests.iter().filter(|request| request.form_value("token_type_hint").as_deref() == Some("refresh_token"));
    revocations.filter_map(|request| request.form_value("token")).collect()
}
