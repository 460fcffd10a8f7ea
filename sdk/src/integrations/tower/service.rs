use std::fmt;
use std::mem;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::{Request, Response};
use tower_service::Service;

use super::call::{Call, authorised, cold};
use super::destination::is_below;
use super::response_future::State;
use super::{BoxError, Replay, ResponseFuture};
use crate::integrations::authorizer::Authorizer;

/// A service whose requests below the base URL are authorised; made by an [`AuthorizationLayer`](super::AuthorizationLayer).
#[derive(Clone)]
pub struct Authorization<S, R> {
    inner: S,
    authorizer: Arc<Authorizer>,
    replay: R,
}

impl<S, R> Authorization<S, R> {
    pub(super) fn new(inner: S, authorizer: Arc<Authorizer>, replay: R) -> Self {
        Self { inner, authorizer, replay }
    }
}

impl<S, R, B, C> Service<Request<B>> for Authorization<S, R>
where
    S: Service<Request<B>, Response = Response<C>> + Clone + Send + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    R: Replay<B>,
    B: Send + 'static,
    C: Send + 'static,
{
    type Response = Response<C>;
    type Error = BoxError;
    type Future = ResponseFuture<S, B, R>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        // The service that is ready is used, and its clone takes its place.
        let clone = self.inner.clone();
        let mut service = mem::replace(&mut self.inner, clone);
        if !is_below(self.authorizer.base(), request.uri()) {
            return ResponseFuture::new(State::Elsewhere { future: service.call(request) });
        }
        let (authorizer, replay) = (Arc::clone(&self.authorizer), self.replay.clone());
        ResponseFuture::new(match authorizer.credentials().cached_headers() {
            Some(headers) => {
                let (request, copy) = authorised(request, headers.clone(), &replay);
                let future = service.call(request);
                State::First { future, call: Some(Call { service, authorizer, replay, headers, copy }) }
            }
            None => State::Waiting { future: Box::pin(cold(service, authorizer, replay, request)) },
        })
    }
}

impl<S: fmt::Debug, R> fmt::Debug for Authorization<S, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorization")
            .field("inner", &self.inner)
            .field("base", &self.authorizer.base().as_str())
            .finish_non_exhaustive()
    }
}
