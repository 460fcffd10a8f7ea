use std::cell::Cell;

use super::*;

async fn send(sent: &Cell<u32>) -> Result<()> {
    about_to_send().await?;
    sent.set(sent.get() + 1);
    Ok(())
}

#[tokio::test]
async fn the_hook_runs_once_before_the_first_request() {
    let (sent, noted) = (Cell::new(0), Cell::new(Vec::new()));
    let hook = async {
        tokio::task::yield_now().await;
        noted.set(vec![sent.get()]);
        Ok(())
    };
    let operation = async {
        send(&sent).await?;
        send(&sent).await
    };
    with_hook(hook, operation).await.unwrap();
    assert_eq!((sent.get(), noted.take()), (2, vec![0]));
}

#[tokio::test]
async fn an_errand_that_sends_nothing_runs_no_hook() {
    let ran = Cell::new(false);
    let hook = async {
        ran.set(true);
        Ok(())
    };
    with_hook(hook, async { tokio::task::yield_now().await }).await;
    assert!(!ran.get());
}

#[tokio::test]
async fn where_the_hook_fails_nothing_is_sent_then_or_later() {
    let sent = Cell::new(0);
    let operation = async {
        assert!(forbidden().is_none());
        let first = send(&sent).await.unwrap_err();
        assert!(send(&sent).await.is_err() && forbidden().is_some());
        first
    };
    let hook = async { Err(Error::outcome_unknown("the store did not answer")) };
    let error = with_hook(hook, operation).await;
    assert_eq!(sent.get(), 0);
    assert!(error.was_not_sent() && !error.is_outcome_unknown(), "{error:?}");
    assert_eq!(error.to_string(), "the store did not answer");
}

#[tokio::test]
async fn departure_is_seen_when_it_comes_to_it() {
    assert_eq!(watch_send(true, async { 1 }).await, (1, false));
    let (outcome, may_have_left) = watch_send(true, about_to_send()).await;
    assert!(outcome.is_ok() && may_have_left);

    let operation = watch_send(true, about_to_send());
    let (outcome, may_have_left) = with_hook(async { Err(Error::temporary("the lease is lost")) }, operation).await;
    assert!(outcome.is_err() && !may_have_left);
}

#[tokio::test]
async fn a_hook_that_has_begun_is_ended_though_the_request_runs_out_of_time() {
    let ended = Cell::new(false);
    let hook = async {
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
        ended.set(true);
        Ok(())
    };
    tokio::time::pause();
    let operation = watch_send(true, tokio::time::timeout(std::time::Duration::from_secs(1), about_to_send()));
    let (outcome, may_have_left) = with_hook(hook, operation).await;
    // Which of the two is seen first is not said; they agree in any case.
    assert!(ended.get());
    assert_eq!(outcome.is_ok(), may_have_left);
}

#[tokio::test]
async fn what_spends_nothing_passes_the_hook_by() {
    let ran = Cell::new(0);
    let hook = async {
        ran.set(ran.get() + 1);
        Ok(())
    };
    let operation = async {
        let (outcome, may_have_left) = watch_send(false, about_to_send()).await;
        assert!(outcome.is_ok() && may_have_left);
        assert_eq!(ran.get(), 0);
        watch_send(true, about_to_send()).await.0
    };
    with_hook(hook, operation).await.unwrap();
    assert_eq!(ran.get(), 1);
}
