//! The server has acted, and nobody has heard of it.

use grantkit::MemoryStore;

use crate::issuer::{Failure, Issuer, policy, text};

#[tokio::test]
async fn a_lost_answer_needs_a_login_in_every_process() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let [one, other] = [(); 2].map(|()| issuer.person().process(store.clone()));
    one.put(issuer.expired_login()).await.unwrap();
    issuer.fail(Failure::AnswerLost);
    text(&one).await.unwrap_err();
    issuer.fail(None);
    for credentials in [&one, &other, &one] {
        let error = text(credentials).await.unwrap_err();
        assert!(error.needs_login(), "{error}");
        assert!(error.to_string().contains("danger_reuse_refresh_token_after_lost_answer"), "{error}");
    }
    assert_eq!((issuer.refreshes(), issuer.replays()), (1, 0));
    one.put(issuer.login()).await.unwrap();
    text(&other).await.unwrap();
}

#[tokio::test]
async fn it_is_sent_again_where_the_program_says_so() {
    let (issuer, store) = (Issuer::new().leaving_refresh_tokens(), MemoryStore::new());
    let policy = policy().danger_reuse_refresh_token_after_lost_answer();
    let [one, other] = [(); 2].map(|()| issuer.person().process_with(store.clone(), policy));
    one.put(issuer.expired_login()).await.unwrap();
    issuer.fail(Failure::AnswerLost);
    text(&one).await.unwrap_err();
    issuer.fail(None);
    assert_eq!(text(&other).await.unwrap(), "access-3");
    assert_eq!(issuer.refreshes(), 2);
}

#[tokio::test]
async fn one_that_the_server_leaves_outlives_a_lost_answer() {
    let (issuer, store) = (Issuer::new().leaving_refresh_tokens(), MemoryStore::new());
    let [one, other] = [(); 2].map(|()| issuer.person().process(store.clone()));
    one.put(issuer.expired_login()).await.unwrap();
    text(&one).await.unwrap();
    issuer.fail(Failure::AnswerLost);
    one.token_refused(&one.headers().await.unwrap()).await.unwrap_err();
    issuer.fail(None);
    other.token_refused(&other.headers().await.unwrap()).await.unwrap().unwrap();
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
