//! A caller that gives up loses nothing.

use std::future::poll_fn;
use std::task::Poll;

use grantkit::prelude::*;
use grantkit::time::TokioClock;

use crate::support::{Source, seconds, text, until};

#[tokio::test(start_paused = true)]
async fn callers_with_half_the_time_are_served_at_the_third_call() {
    let source = Source::new().latency(seconds(0.1));
    let credentials = source.builder().clock(TokioClock::new()).build();
    let mut calls = 0;
    let token = loop {
        calls += 1;
        if let Ok(token) = tokio::time::timeout(seconds(0.05), text(&credentials)).await {
            break token.unwrap();
        }
    };
    assert_eq!(token, "access-1");
    assert!((2..=4).contains(&calls), "{calls}");
    assert_eq!(source.requests(), 1);
}

#[tokio::test]
async fn a_flight_that_everyone_left_still_lands() {
    let source = Source::new();
    source.close();
    let credentials = source.alone();
    let caller = tokio::spawn({
        let credentials = credentials.clone();
        async move { credentials.token().await }
    });
    source.arrived(1).await;
    caller.abort();
    caller.await.unwrap_err();
    source.open();
    assert_eq!(text(&credentials).await.unwrap(), "access-1");
    assert_eq!(source.requests(), 1);
}

/// Callers of every kind, each dropped after some number of polls, or never: whatever the order, no request is lost, none
/// is made twice, and who stays is served.
#[tokio::test]
async fn dropped_anywhere_nothing_is_lost() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for round in 0..300 {
        let source = Source::new().with_refresh_tokens(true);
        let credentials = source.alone();
        source.close();
        let callers: Vec<_> = (0..8)
            .map(|_| {
                let (credentials, polls, kind) = (credentials.clone(), random.below(4), random.below(3));
                tokio::spawn(async move {
                    match kind {
                        0 => at_most(polls, credentials.token()).await.map(|token| token.map(|_| ())),
                        1 => at_most(polls, credentials.headers()).await.map(|headers| headers.map(|_| ())),
                        _ => at_most(polls, credentials.clone().get()).await,
                    }
                })
            })
            .collect();
        for _ in 0..random.below(20) {
            tokio::task::yield_now().await;
        }
        source.open();
        for caller in callers {
            if let Some(outcome) = caller.await.unwrap() {
                outcome.unwrap();
            }
        }
        assert_eq!(text(&credentials).await.unwrap(), "access-1", "round {round}");
        assert_eq!(source.requests(), 1, "round {round}");
        refused_and_dropped(&source, &credentials, &mut random).await;
    }
}

async fn refused_and_dropped(source: &Source, credentials: &Credentials, random: &mut Random) {
    let refused = credentials.headers().await.unwrap();
    source.close();
    for _ in 0..4 {
        let outcome = at_most(random.below(3), credentials.refresh_rejected_token(&refused)).await;
        assert!(outcome.is_none());
    }
    source.open();
    until(|| source.requests() <= 2).await;
    assert!(credentials.refresh_rejected_token(&refused).await.unwrap().is_some());
    assert_eq!((source.requests(), source.most_spent()), (2, 1));
    assert_eq!(text(credentials).await.unwrap(), "access-2");
}

trait Get {
    async fn get(self) -> Result<()>;
}

impl Get for Credentials {
    async fn get(self) -> Result<()> {
        let headers = self.headers().await?;
        assert!(headers.authorization().is_sensitive());
        Ok(())
    }
}

/// The future's output, or `None` if it is not there after so many polls and one.
async fn at_most<T>(polls: u64, future: impl Future<Output = T>) -> Option<T> {
    let mut future = std::pin::pin!(future);
    let mut left = polls;
    poll_fn(move |context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending if left == 0 => Poll::Ready(None),
        Poll::Pending => {
            left -= 1;
            context.waker().wake_by_ref();
            Poll::Pending
        }
    })
    .await
}

/// Xorshift: the same rounds each time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}
