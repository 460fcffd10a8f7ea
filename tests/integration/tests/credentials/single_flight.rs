//! However many callers want a token that is not cached, one request is made.

use crate::support::{Source, at_once, seconds, text};

#[tokio::test]
async fn a_thousand_tasks_on_a_cold_cache_make_one_request() {
    stampede(1000).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_thousand_tasks_on_four_threads_make_one_request() {
    stampede(10_000).await;
}

async fn stampede(callers: usize) {
    let source = Source::new().latency(seconds(0.02));
    let credentials = source.alone();
    let tasks: Vec<_> = (0..callers)
        .map(|_| {
            let credentials = credentials.clone();
            tokio::spawn(async move { text(&credentials).await.unwrap() })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), "access-1");
    }
    assert_eq!(source.requests(), 1);
}

#[tokio::test]
async fn handles_that_were_built_apart_share_the_flight() {
    let source = Source::new();
    let cache = grantkit::credentials::CredentialCache::new(16, None);
    let build = || grantkit::Credentials::builder(source.clone()).cache(&cache).build();
    let (first, second) = (build(), build());
    let (first, second) = tokio::join!(text(&first), text(&second));
    assert_eq!((first.unwrap(), second.unwrap()), ("access-1".to_owned(), "access-1".to_owned()));
    assert_eq!(source.requests(), 1);
}

#[tokio::test]
async fn a_warm_token_is_there_at_once() {
    let source = Source::new();
    let credentials = source.alone();
    credentials.token().await.unwrap();
    for _ in 0..100 {
        assert_eq!(at_once(text(&credentials)).unwrap(), "access-1");
        assert_eq!(at_once(credentials.headers()).unwrap().authorization(), "Bearer access-1");
    }
    assert_eq!(source.requests(), 1);
}

#[test]
fn every_thread_reads_the_same_token() {
    let source = Source::new();
    let credentials = source.alone();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(credentials.token()).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..40 {
            scope.spawn(|| {
                // More reads than it takes for a thread to get a copy of its own.
                for _ in 0..3000 {
                    assert_eq!(at_once(credentials.headers()).unwrap().authorization(), "Bearer access-1");
                }
                assert_eq!(at_once(text(&credentials)).unwrap(), "access-1");
            });
        }
    });
    assert_eq!(source.requests(), 1);
}
