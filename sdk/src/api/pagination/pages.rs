use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::walk::{Received, Walk};
use super::{Page, Pagination};
use crate::api::ApiRequest;
use crate::error::Result;

type Fetching = Pin<Box<dyn Future<Output = (Box<Walk>, Result<Received>)> + Send>>;

/// The pages of a list, one after the other; made by [`Items::pages`](super::Items::pages).
#[must_use = "nothing is sent before a page is asked for, by `.next().await`"]
pub struct Pages<T> {
    state: State,
    /// Makes them, and holds none.
    items: PhantomData<fn() -> T>,
}

enum State {
    Between(Box<Walk>),
    Fetching(Fetching),
    Over,
}

impl<T: DeserializeOwned> Pages<T> {
    pub(in crate::api) fn new(request: ApiRequest, pagination: Pagination) -> Self {
        Self { state: State::Between(Box::new(Walk::new(request, pagination))), items: PhantomData }
    }

    /// The next page, or `None` after the last one.
    ///
    /// # Errors
    ///
    /// As [`Items::next`](super::Items::next).
    pub async fn next(&mut self) -> Option<Result<Page<T>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<T: DeserializeOwned> Stream for Pages<T> {
    type Item = Result<Page<T>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut fetching: Fetching = match std::mem::replace(&mut self.state, State::Over) {
            State::Between(walk) if walk.is_over() => return Poll::Ready(None),
            State::Between(mut walk) => Box::pin(async move {
                let received = walk.fetch().await;
                (walk, received)
            }),
            State::Fetching(fetching) => fetching,
            State::Over => return Poll::Ready(None),
        };
        let Poll::Ready((mut walk, received)) = fetching.as_mut().poll(context) else {
            self.state = State::Fetching(fetching);
            return Poll::Pending;
        };
        let page = received.and_then(|received| walk.read(&received));
        if page.is_ok() {
            self.state = State::Between(walk);
        }
        Poll::Ready(Some(page))
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.state {
            State::Between(_) => "between pages",
            State::Fetching(_) => "waiting for a page",
            State::Over => "over",
        };
        f.debug_struct("Pages").field("state", &state).finish_non_exhaustive()
    }
}
