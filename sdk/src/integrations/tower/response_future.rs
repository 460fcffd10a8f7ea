use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http::{Request, Response};
use pin_project_lite::pin_project;
use tower_service::Service;

use super::call::Call;
use super::{BoxError, Replay};

pin_project! {
    /// The answer to a request of an [`Authorization`](super::Authorization).
    #[must_use = "call `.await`"]
    pub struct ResponseFuture<S: Service<Request<B>>, B, R: Replay<B>> {
        #[pin]
        state: State<S, B, R>,
    }
}

impl<S: Service<Request<B>>, B, R: Replay<B>> ResponseFuture<S, B, R> {
    pub(super) fn new(state: State<S, B, R>) -> Self {
        Self { state }
    }
}

type CallOf<S, B, R> = Call<S, <R as Replay<B>>::Kept, R>;

/// On the heap, as it is rare.
type Waiting<S, B> = Pin<Box<dyn Future<Output = Result<<S as Service<Request<B>>>::Response, BoxError>> + Send>>;

pin_project! {
    #[project = StateProjection]
    pub(super) enum State<S: Service<Request<B>>, B, R: Replay<B>> {
        // It gets no token.
        Elsewhere { #[pin] future: S::Future },
        // With the token of the cache.
        First { #[pin] future: S::Future, call: Option<CallOf<S, B, R>> },
        Waiting { future: Waiting<S, B> },
    }
}

impl<S, B, C, R> Future for ResponseFuture<S, B, R>
where
    S: Service<Request<B>, Response = Response<C>> + Send + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    R: Replay<B>,
    B: Send + 'static,
    C: Send + 'static,
{
    type Output = Result<Response<C>, BoxError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.project().state;
        loop {
            let waiting: Waiting<S, B> = match state.as_mut().project() {
                StateProjection::Elsewhere { future } => return future.poll(cx).map_err(Into::into),
                StateProjection::Waiting { future } => return future.as_mut().poll(cx),
                StateProjection::First { future, call } => {
                    let response = ready!(future.poll(cx)).map_err(Into::into)?;
                    match call.take() {
                        Some(call) if call.is_rejected(&response) => Box::pin(call.after(response)),
                        _ => return Poll::Ready(Ok(response)),
                    }
                }
            };
            state.set(State::Waiting { future: waiting });
        }
    }
}

impl<S: Service<Request<B>>, B, R: Replay<B>> fmt::Debug for ResponseFuture<S, B, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}
