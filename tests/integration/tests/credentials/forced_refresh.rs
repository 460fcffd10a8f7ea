//! `refresh`: a new token although the cached one is good.

use grantkit::prelude::*;

use crate::support::{Source, text};

#[tokio::test]
async fn refresh_replaces_a_good_token_with_the_refresh_token() {
    let source = Source::new().with_refresh_tokens(true);
    let credentials = source.alone();
    assert_eq!(text(&credentials).await.unwrap(), "access-1");
    let renewed = credentials.refresh().await.unwrap();
    assert_eq!(renewed.access_token().secret(), "access-2");
    assert_eq!(text(&credentials).await.unwrap(), "access-2");
    assert_eq!((source.gets(), source.refreshes(), source.most_spent()), (1, 1, 1));
}

#[tokio::test]
async fn refresh_of_many_callers_is_one_request() {
    let source = Source::new();
    let credentials = source.alone();
    credentials.token().await.unwrap();
    source.close();
    let callers: Vec<_> = (0..50)
        .map(|_| {
            let credentials = credentials.clone();
            tokio::spawn(async move { credentials.refresh().await.unwrap().access_token().secret().to_owned() })
        })
        .collect();
    source.arrived(2).await;
    // Meanwhile others go on with the token that is good.
    assert_eq!(text(&credentials).await.unwrap(), "access-1");
    source.open();
    for caller in callers {
        assert_eq!(caller.await.unwrap(), "access-2");
    }
    assert_eq!(source.requests(), 2);
}

#[tokio::test]
async fn refresh_that_fails_leaves_the_token_in_place() {
    let source = Source::new();
    let credentials = source.alone();
    credentials.token().await.unwrap();
    source.fail(Error::temporary("the server is down"));
    assert!(credentials.refresh().await.unwrap_err().is_retryable());
    // During the pause after a failure nothing is sent.
    assert!(credentials.refresh().await.unwrap_err().retry_after().is_some());
    assert_eq!(text(&credentials).await.unwrap(), "access-1");
    assert_eq!(source.requests(), 2);
}
