use std::future::Future;

use http::StatusCode;
use reqwest::Request;

use super::{Endpoint, instruments, spans};
use crate::error::Result;

/// One try of one request, to an authorization server or an API.
pub(crate) struct Exchange {
    span: spans::Exchange,
    timer: instruments::Exchange,
}

impl Exchange {
    /// A try to send the request, after so many others of the same one.
    #[inline]
    pub(crate) fn new(endpoint: Endpoint, request: &Request, resends: u32) -> Self {
        Self {
            span: spans::Exchange::new(endpoint, request, resends),
            timer: instruments::Exchange::new(endpoint, request),
        }
    }

    /// Follows the try to its end.
    #[cfg(any(feature = "tracing", feature = "metrics"))]
    pub(crate) async fn watch<T>(
        self,
        exchange: impl Future<Output = Result<T>>,
        status: impl FnOnce(&T) -> StatusCode,
    ) -> Result<T> {
        let Self { span, timer } = self;
        let outcome = span.carry(exchange).await;
        let end = outcome.as_ref().map(status);
        span.ended(&end);
        timer.ended(&end);
        outcome
    }

    /// The try itself: its end is not reported.
    #[cfg(not(any(feature = "tracing", feature = "metrics")))]
    #[inline]
    pub(crate) fn watch<T, F: Future<Output = Result<T>>>(self, exchange: F, _: impl FnOnce(&T) -> StatusCode) -> F {
        let Self { span: spans::Exchange, timer: instruments::Exchange } = self;
        exchange
    }
}
