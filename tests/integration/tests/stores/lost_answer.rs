//! The server has acted, or not, and its answer is lost: what each rule makes of each server.

use std::time::Duration;

use grantkit::credentials::{AfterLostResponse, RefreshPolicy};
use grantkit::store::MemoryStore;

use crate::faulty_store::{Fault, FaultyStore, Step};
use crate::issuer::{Failure, Issuer, policy};
use crate::source::text;

/// What becomes of the request.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Loss {
    Request,
    Answer,
    /// Its process is killed: when the store says that the token is being sent, and it is not; …
    KilledBefore,
    /// … when the server has acted, and the successor is not stored; …
    KilledBetween,
    /// … when the successor is stored, and the access token not handed out.
    KilledAfter,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Server {
    Strict,
    Grace,
    TokensStay,
}

use AfterLostResponse::{Never, RetryOnce, RetryWithin};
use Loss::{Answer, KilledAfter, KilledBefore, KilledBetween, Request};
use Server::{Grace, Strict, TokensStay};

impl Server {
    fn issuer(self) -> Issuer {
        match self {
            Strict => Issuer::new(),
            Grace => Issuer::new().with_grace(),
            TokensStay => Issuer::new().leaving_refresh_tokens(),
        }
    }
}

/// One process loses the request in this way; what it says of it (`None` where it was killed), and what the next one does.
async fn after(server: Server, loss: Loss, policy: RefreshPolicy) -> (Issuer, Option<bool>, bool) {
    let (issuer, store) = (server.issuer(), MemoryStore::new());
    let faulty = FaultyStore::new(&store);
    issuer.person().process(store.clone()).put(issuer.expired_login()).await.unwrap();
    let first = issuer.person().process_with(faulty.clone(), policy);
    // get, lease, get, get, put the mark, send, put the successor.
    let of_first = match loss {
        Request | Answer => {
            issuer.fail(if loss == Request { Failure::NextRequestLost } else { Failure::NextAnswerLost });
            Some(first.token().await.is_ok())
        }
        KilledBefore => killed(first, &faulty, Fault::StopAt(5, Step::AfterIt)).await,
        KilledBetween => killed(first, &faulty, Fault::StopAt(6, Step::BeforeIt)).await,
        KilledAfter => killed(first, &faulty, Fault::StopAt(6, Step::AfterIt)).await,
    };
    issuer.fail(None);
    let of_next = text(&issuer.person().process_with(store, policy)).await;
    if let Err(error) = &of_next {
        assert!(error.needs_login(), "{server:?} {loss:?}: {error}");
    }
    (issuer, of_first, of_next.is_ok())
}

async fn killed(credentials: grantkit::Credentials, faulty: &FaultyStore, at: Fault) -> Option<bool> {
    faulty.set(at);
    let watched = faulty.clone();
    let process = tokio::task::spawn_blocking(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            tokio::select! {
                token = credentials.token() => panic!("{token:?}"),
                () = watched.stopped() => {}
            }
        });
    });
    process.await.unwrap();
    None
}

/// What becomes of the login, and whether the server sees a spent token come again.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    Kept,
    Lost,
    LostAndReplayed,
}

#[tokio::test]
async fn a_login_is_kept_wherever_it_could_be_kept() {
    use Fate::{Kept, Lost, LostAndReplayed};
    let rules = [RetryOnce, RetryWithin(Duration::from_secs(30)), Never];
    // What each of the rules makes of it, in their order.
    let expected = [
        (Strict, Request, [Kept, Kept, Lost]),
        (Strict, Answer, [LostAndReplayed, LostAndReplayed, Lost]),
        (Strict, KilledBefore, [Kept, Kept, Lost]),
        (Strict, KilledBetween, [LostAndReplayed, LostAndReplayed, Lost]),
        (Strict, KilledAfter, [Kept, Kept, Kept]),
        (Grace, Request, [Kept, Kept, Lost]),
        (Grace, Answer, [Kept, Kept, Lost]),
        (Grace, KilledBefore, [Kept, Kept, Lost]),
        (Grace, KilledBetween, [Kept, Kept, Lost]),
        (Grace, KilledAfter, [Kept, Kept, Kept]),
        (TokensStay, Request, [Kept, Kept, Lost]),
        (TokensStay, Answer, [Kept, Kept, Lost]),
        (TokensStay, KilledBefore, [Kept, Kept, Lost]),
        (TokensStay, KilledBetween, [Kept, Kept, Lost]),
        (TokensStay, KilledAfter, [Kept, Kept, Kept]),
    ];
    for (server, loss, fates) in expected {
        for (rule, fate) in rules.into_iter().zip(fates) {
            let (issuer, of_first, of_next) = after(server, loss, policy().with_after_lost_response(rule)).await;
            let case = format!("{server:?} {loss:?} {rule:?}");
            assert_eq!(of_next, fate == Kept, "{case}");
            assert!(of_first.is_none_or(|of_first| of_first == of_next), "{case}: at once");
            assert_eq!(issuer.replays(), usize::from(fate == LostAndReplayed), "{case}");
        }
    }
}

#[tokio::test]
async fn a_lost_answer_needs_a_login_in_every_process() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let [one, other] = [(); 2].map(|()| issuer.person().process(store.clone()));
    one.put(issuer.expired_login()).await.unwrap();
    issuer.fail(Failure::NextAnswerLost);
    for credentials in [&one, &other, &one] {
        let error = text(credentials).await.unwrap_err();
        assert!(error.needs_login(), "the first error says so: {error}");
    }
    assert_eq!((issuer.refreshes(), issuer.replays()), (2, 1), "once more, and then no more");
    one.put(issuer.login()).await.unwrap();
    text(&other).await.unwrap();
}

#[tokio::test]
async fn two_lost_answers_in_a_row_need_a_login() {
    let (issuer, store) = (Issuer::new().with_grace(), MemoryStore::new());
    let [one, other] = [(); 2].map(|()| issuer.person().process(store.clone()));
    one.put(issuer.expired_login()).await.unwrap();
    issuer.fail(Failure::AnswerLost);
    let error = text(&one).await.unwrap_err();
    assert!(error.needs_login() && error.to_string().contains("after_lost_response"), "{error}");
    issuer.fail(None);
    for credentials in [&other, &one] {
        assert!(text(credentials).await.unwrap_err().needs_login());
    }
    assert_eq!(issuer.refreshes(), 2);
}

/// Within the grace period it is sent as often as need be, and after it no more.
#[tokio::test]
async fn a_grace_period_is_used_to_its_end() {
    let (issuer, store) = (Issuer::new().with_grace(), MemoryStore::new());
    let policy = policy().with_after_lost_response(RetryWithin(Duration::from_hours(1)));
    let [one, other] = [(); 2].map(|()| issuer.person().process_with(store.clone(), policy));
    one.put(issuer.expired_login()).await.unwrap();
    issuer.fail(Failure::AnswerLost);
    for credentials in [&one, &other, &one] {
        assert!(!text(credentials).await.unwrap_err().needs_login());
    }
    issuer.fail(None);
    text(&other).await.unwrap();
    assert_eq!((issuer.refreshes(), issuer.replays()), (7, 0));

    let over = policy.with_after_lost_response(RetryWithin(Duration::ZERO));
    let (issuer, store) = (Issuer::new().with_grace(), MemoryStore::new());
    let credentials = issuer.person().process_with(store, over);
    credentials.put(issuer.expired_login()).await.unwrap();
    issuer.fail(Failure::NextAnswerLost);
    issuer.end_grace();
    assert!(text(&credentials).await.unwrap_err().needs_login());
    assert_eq!((issuer.refreshes(), issuer.replays()), (1, 0));
}

#[tokio::test]
async fn a_login_that_the_server_has_ended_is_asked_about_once() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let processes: Vec<_> = (0..5).map(|_| issuer.person().process(store.clone())).collect();
    processes[0].put(issuer.expired_login()).await.unwrap();
    issuer.fail(Failure::Revoked);
    for credentials in &processes {
        assert!(text(credentials).await.unwrap_err().needs_login());
    }
    assert_eq!(issuer.refreshes(), 1, "the others find that it is over");
}

/// The pause after a failure does not hide it: a login page leads back to whichever process there is.
#[tokio::test]
async fn a_login_that_another_process_finishes_is_seen_at_once() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let long = RefreshPolicy::default().with_backoff(Duration::from_mins(50), Duration::from_mins(50));
    let [one, other] = [(); 2].map(|()| issuer.person().process_with(store.clone(), long));
    one.put(issuer.expired_login()).await.unwrap();
    issuer.fail(Failure::Revoked);
    for credentials in [&one, &other] {
        assert!(text(credentials).await.unwrap_err().needs_login());
    }
    for _ in 0..3 {
        let error = text(&one).await.unwrap_err();
        assert!(error.needs_login() && error.retry_after() > Some(Duration::from_secs(1000)), "{error}");
    }
    assert_eq!(issuer.refreshes(), 1, "nobody asks the server meanwhile");
    issuer.fail(None);
    // Its access token has expired, too: what is new is the refresh token.
    other.put(issuer.expired_login()).await.unwrap();
    text(&one).await.unwrap();
    assert_eq!((issuer.refreshes(), issuer.replays()), (2, 0));
}
