//! A rotating refresh token is spent once.

use grantkit::prelude::*;

use crate::support::{ManualClock, Source, seconds, text};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_refresh_token_is_spent_once_under_concurrency() {
    let (source, clock) = (Source::new().with_refresh_tokens(true), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    for round in 1..50 {
        let callers: Vec<_> = (0..20)
            .map(|_| {
                let credentials = credentials.clone();
                tokio::spawn(async move { text(&credentials).await.unwrap() })
            })
            .collect();
        for caller in callers {
            assert_eq!(caller.await.unwrap(), format!("access-{round}"));
        }
        clock.advance(seconds(3600.0));
    }
    assert_eq!((source.gets(), source.refreshes(), source.most_spent()), (1, 48, 1));
}

#[tokio::test]
async fn the_successor_is_kept_although_the_caller_is_gone() {
    let (source, clock) = (Source::new().with_refresh_tokens(true), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    credentials.token().await.unwrap();
    clock.advance(seconds(3600.0));
    source.close();
    let caller = tokio::spawn({
        let credentials = credentials.clone();
        async move { credentials.token().await }
    });
    source.arrived(2).await;
    caller.abort();
    source.open();
    assert_eq!(text(&credentials).await.unwrap(), "access-2");
    clock.advance(seconds(3600.0));
    assert_eq!(text(&credentials).await.unwrap(), "access-3");
    assert_eq!((source.gets(), source.refreshes(), source.most_spent()), (1, 2, 1));
}

#[tokio::test]
async fn an_answer_without_a_refresh_token_leaves_the_old_one() {
    let (source, clock) = (Source::new().with_refresh_tokens(false), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    for number in 1..6 {
        assert_eq!(text(&credentials).await.unwrap(), format!("access-{number}"));
        clock.advance(seconds(3600.0));
    }
    assert_eq!((source.gets(), source.refreshes(), source.most_spent()), (1, 4, 4));
}

#[tokio::test]
async fn a_refresh_token_that_is_refused_is_forgotten() {
    let (source, clock) = (Source::new().with_refresh_tokens(true), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    credentials.token().await.unwrap();
    clock.advance(seconds(3600.0));
    source.fail_refresh(Error::login_required("invalid_grant: the login has ended"));
    assert_eq!(text(&credentials).await.unwrap(), "access-2", "from the start");
    assert_eq!((source.gets(), source.refreshes()), (2, 1));
    source.fail_refresh(None);
    clock.advance(seconds(3600.0));
    assert_eq!(text(&credentials).await.unwrap(), "access-3", "with the new refresh token");
    assert_eq!((source.gets(), source.refreshes(), source.most_spent()), (2, 2, 1));
}

#[tokio::test]
async fn where_only_a_login_helps_the_error_says_why_it_was_lost() {
    let (source, clock) = (Source::new().with_refresh_tokens(true), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    credentials.token().await.unwrap();
    clock.advance(seconds(3600.0));
    source.fail_refresh(Error::login_required("invalid_grant: the login has ended"));
    source.fail(Error::login_required("there is no refresh token"));
    let error = credentials.token().await.unwrap_err();
    assert!(error.needs_login() && error.to_string().contains("the login has ended"), "{error}");
    clock.advance(seconds(60.0));
    credentials.token().await.unwrap_err();
    assert_eq!(source.most_spent(), 1, "it is not sent again");
}

#[tokio::test]
async fn a_refresh_that_did_not_reach_the_server_is_tried_again() {
    let (source, clock) = (Source::new().with_refresh_tokens(true), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    credentials.token().await.unwrap();
    clock.advance(seconds(3600.0));
    source.fail_refresh(Error::temporary("busy"));
    assert!(credentials.token().await.unwrap_err().is_retryable());
    source.fail_refresh(None);
    clock.advance(seconds(60.0));
    assert_eq!(text(&credentials).await.unwrap(), "access-2");
    assert_eq!((source.gets(), source.refreshes(), source.most_spent()), (1, 2, 2));
}

#[tokio::test]
async fn a_client_that_cannot_refresh_starts_over() {
    let (source, clock) = (Source::new().with_refresh_tokens(true), ManualClock::new());
    source.fail_refresh(Error::unsupported("it does not refresh"));
    let credentials = source.builder().clock(clock.clone()).build();
    for number in 1..4 {
        assert_eq!(text(&credentials).await.unwrap(), format!("access-{number}"));
        clock.advance(seconds(3600.0));
    }
    assert_eq!(source.gets(), 3);
}
