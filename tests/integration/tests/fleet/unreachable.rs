//! The token endpoint refuses connections, and processes are killed while they try: the server has seen nothing, and no login is lost.

use std::time::Duration;

use tokio::time::sleep;

use crate::commander::{End, Worker, alone, until};
use crate::job::{AfterLostResponse, Event, Job, Place, Verdict, When, Work};
use crate::login::{log_in_by, no_replay, server};
use crate::redis_server::RedisServer;
use crate::way::Way;

/// So many are killed wherever they are, and one at each step.
const AT_RANDOM: usize = 10;
/// get, lease, get, get, refresh.
const REFRESH: usize = 5;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_killed_without_a_connection_lose_no_login_in_redis() {
    let redis = RedisServer::start();
    no_login_is_lost(Place::Redis { url: redis.url(), is_patient: true }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_killed_without_a_connection_lose_no_login_in_files() {
    let folder = tempfile::tempdir().unwrap();
    no_login_is_lost(Place::File(folder.path().to_owned())).await;
}

/// Each process has a login of its own. With `Never`, so that one that was taken for sent is lost.
async fn no_login_is_lost(place: Place) {
    let _alone = alone().await;
    let (server, way) = (server(Duration::from_hours(1)).await, Way::closed());
    let issuer = format!("http://{}", way.address());
    let start = |work| {
        let (place, issuer) = (place.clone(), issuer.clone());
        Worker::start(&Job { place, issuer, work, after_lost_response: AfterLostResponse::Never })
    };
    let log_in = async |name: &str| log_in_by(&server, &issuer, &place, name, true).await;
    log_in("undisturbed").await;
    let points = points_of_a_vain_refresh(start(once(&["undisturbed".to_owned()], None))).await;
    assert!(points.len() >= 12 && points.contains(&(REFRESH, When::Failed)), "{points:?}");

    let logins: Vec<_> = (0..points.len() + AT_RANDOM).map(|number| format!("login-{number}")).collect();
    assert!(logins.len() >= 20, "{}", logins.len());
    for name in &logins {
        log_in(name).await;
    }
    // At each of its steps, and wherever they are.
    let (at_points, at_random) = logins.split_at(points.len());
    for (login, point) in at_points.iter().zip(points) {
        let mut process = start(once(std::slice::from_ref(login), Some(point)));
        until("it ends", || process.has_ended()).await;
        assert_eq!(process.end(), End::Killed, "{point:?}");
    }
    let mut trying: Vec<_> = at_random.iter().map(|login| start(Work::Try { login: login.clone() })).collect();
    for process in &mut trying {
        let has_tried = || process.count(|event| matches!(event, Event::Outcome { token: Err(_), .. })) >= 2;
        until("it tries", has_tried).await;
        sleep(Duration::from_millis(fastrand::u64(..300))).await;
        process.kill();
        let is_other =
            |event: &Event| matches!(event, Event::Outcome { token, .. } if *token != Err(Verdict::Retryable));
        assert!(!process.has_said(is_other), "{:?}", process.events());
    }
    assert_eq!(server.counters().refresh_token, 0, "the server has seen nothing");

    way.open(&server);
    let mut next = start(once(&logins, None));
    until("it ends", || next.has_ended()).await;
    assert_eq!(next.end(), End::ByItself);
    let lost: Vec<_> =
        next.events().into_iter().filter(|event| matches!(event, Event::Outcome { token: Err(_), .. })).collect();
    assert!(lost.is_empty(), "{lost:?}");
    assert_eq!(next.count(|event| matches!(event, Event::Outcome { .. })), logins.len());
    assert_eq!(server.counters().refresh_token, logins.len() as u64, "one a login");
    no_replay(&server);
}

fn once(logins: &[String], killed_at: Option<(usize, When)>) -> Work {
    Work::Once { logins: logins.to_vec(), killed_at }
}

/// Before and after each step.
async fn points_of_a_vain_refresh(mut process: Worker) -> Vec<(usize, When)> {
    until("it ends", || process.has_ended()).await;
    assert_eq!(process.end(), End::ByItself);
    assert!(process.has_said(|event| matches!(event, Event::Outcome { token: Err(Verdict::Retryable), .. })));
    let points = process.events().into_iter().filter_map(|event| match event {
        Event::Step { number, when, .. } => Some((number, when)),
        _ => None,
    });
    points.collect()
}
