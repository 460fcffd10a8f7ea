//! What happens to a token that is under way when the slot is cleared, or given another one.

use grantkit::prelude::*;
use tokio::task::JoinHandle;

use crate::support::{ManualClock, Source, at_once, seconds, text, until};

/// Asks, and returns when the request has arrived at the source, which holds it.
async fn under_way(source: &Source, credentials: &Credentials) -> JoinHandle<Result<String>> {
    let before = source.requests();
    source.close();
    let caller = tokio::spawn({
        let credentials = credentials.clone();
        async move { text(&credentials).await }
    });
    source.arrived(before + 1).await;
    caller
}

#[tokio::test]
async fn cleared_under_way_it_goes_to_those_who_wait_and_is_not_kept() {
    let source = Source::new().with_refresh_tokens(true);
    let credentials = source.alone();
    let caller = under_way(&source, &credentials).await;
    at_once(credentials.clear()).unwrap();
    source.open();
    assert_eq!(caller.await.unwrap().unwrap(), "access-1");
    assert_eq!(text(&credentials).await.unwrap(), "access-2", "the next one starts from the beginning");
    assert_eq!((source.gets(), source.refreshes()), (2, 0), "its refresh token was not kept either");
}

#[tokio::test]
async fn who_asks_after_a_clear_does_not_get_what_was_under_way_before() {
    let source = Source::new();
    let credentials = source.alone();
    let before = under_way(&source, &credentials).await;
    credentials.clear().await.unwrap();
    let after = under_way(&source, &credentials).await;
    source.open();
    let (before, after) = (before.await.unwrap().unwrap(), after.await.unwrap().unwrap());
    assert_ne!(before, after);
    assert_eq!(text(&credentials).await.unwrap(), after);
    assert_eq!(source.requests(), 2);
}

#[tokio::test]
async fn a_refresh_that_is_under_way_leaves_nothing_after_a_clear() {
    let (source, clock) = (Source::new().with_refresh_tokens(true), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    credentials.token().await.unwrap();
    clock.advance(seconds(3600.0));
    let caller = under_way(&source, &credentials).await;
    assert_eq!(source.refreshes(), 1);
    at_once(credentials.clear()).unwrap();
    source.open();
    assert_eq!(caller.await.unwrap().unwrap(), "access-2");
    credentials.token().await.unwrap();
    assert_eq!((source.gets(), source.refreshes()), (2, 1));
}

#[tokio::test]
async fn a_failure_from_before_a_clear_starts_no_pause() {
    let source = Source::new();
    let credentials = source.alone();
    source.fail(Error::temporary("down"));
    let caller = under_way(&source, &credentials).await;
    credentials.clear().await.unwrap();
    source.open();
    caller.await.unwrap().unwrap_err();
    source.fail(None);
    assert_eq!(text(&credentials).await.unwrap(), "access-1");
}

#[tokio::test]
async fn who_waits_gets_the_token_that_is_put_and_at_once() {
    let source = Source::new().with_refresh_tokens(true);
    let credentials = source.alone();
    let caller = under_way(&source, &credentials).await;
    at_once(credentials.put(OAuthToken::new("of-the-login").unwrap().with_refresh_token("new"))).unwrap();
    assert_eq!(caller.await.unwrap().unwrap(), "of-the-login");
    assert_eq!(at_once(text(&credentials)).unwrap(), "of-the-login");
    source.open();
    until(|| source.requests() == 1).await;
    tokio::time::sleep(seconds(0.02)).await;
    assert_eq!(at_once(text(&credentials)).unwrap(), "of-the-login", "the older outcome does not replace the newer");
}

#[tokio::test]
async fn a_refresh_of_the_old_login_does_not_replace_the_new_refresh_token() {
    let (source, clock) = (Source::new().with_refresh_tokens(true), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    credentials.token().await.unwrap();
    clock.advance(seconds(3600.0));
    let caller = under_way(&source, &credentials).await;
    let login =
        OAuthToken::new("of-the-login").unwrap().with_expires_in(seconds(100.0)).with_refresh_token("refresh-1");
    credentials.put(login).await.unwrap();
    caller.await.unwrap().unwrap();
    source.open();
    tokio::time::sleep(seconds(0.02)).await;
    clock.advance(seconds(100.0));
    credentials.token().await.unwrap();
    // `refresh-1`, of the first login, and the token that was put under the same text; not `refresh-2`.
    assert_eq!((source.refreshes(), source.most_spent()), (2, 2));
}

#[tokio::test]
async fn an_expired_token_is_refused_and_changes_nothing() {
    let source = Source::new().with_refresh_tokens(true);
    let credentials = source.alone();
    credentials.token().await.unwrap();
    let expired = OAuthToken::new("old").unwrap().with_expires_at(std::time::UNIX_EPOCH);
    assert!(credentials.put(expired).await.unwrap_err().is_invalid_response());
    assert_eq!(at_once(text(&credentials)).unwrap(), "access-1");
}

#[tokio::test]
async fn an_expired_token_with_a_refresh_token_is_where_to_go_on() {
    // What a program finds in its store after a night.
    let source = Source::new().with_refresh_tokens(true);
    let stored = OAuthToken::new("old").unwrap().with_expires_at(std::time::UNIX_EPOCH).with_refresh_token("stored");
    let credentials = source.builder().with_token(stored).await.unwrap();
    assert_eq!(text(&credentials).await.unwrap(), "access-1");
    assert_eq!((source.gets(), source.refreshes()), (0, 1));
}

#[tokio::test]
async fn get_token_obj_and_clear_token_are_short_for_it() {
    let source = Source::new().named("clear_and_put::short");
    assert_eq!(source.get_token_obj().await.unwrap().access_token().secret(), "access-1");
    assert_eq!(source.get_token_obj().await.unwrap().access_token().secret(), "access-1");
    source.clear_token().await.unwrap();
    assert_eq!(source.get_token_obj().await.unwrap().access_token().secret(), "access-2");
}
