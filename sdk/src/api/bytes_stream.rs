use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use hyper::body::Body as _;
use reqwest::{Body, Response};

use super::progress::Progress;
use crate::error::Result;
use crate::http_client::classify;

/// The body of an answer as it comes; made by [`ApiResponse::bytes_stream`](super::ApiResponse::bytes_stream).
///
/// A `Stream` of `Result<Bytes>`; [`next`](Self::next) does without the combinators of `futures`. It is over after an error.
#[must_use = "the body is read as it is asked for, by `.next().await`"]
pub struct BytesStream {
    body: Option<Body>,
    host: String,
    done: u64,
    total: Option<u64>,
    progress: Option<Progress>,
}

impl BytesStream {
    pub(super) fn new(response: Response, progress: Option<Progress>) -> Self {
        let (host, total) = (response.url().host_str().unwrap_or_default().to_owned(), response.content_length());
        Self { body: Some(response.into()), host, done: 0, total, progress }
    }

    /// The next bytes, or `None` at the end.
    ///
    /// # Errors
    ///
    /// [`is_retryable`](crate::Error::is_retryable) where the connection broke or the time was up before the end.
    pub async fn next(&mut self) -> Option<Result<Bytes>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl Stream for BytesStream {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        let chunk = loop {
            match ready!(Pin::new(&mut *body).poll_frame(context)) {
                Some(Ok(frame)) => {
                    // Trailers are none of the body.
                    if let Ok(chunk) = frame.into_data() {
                        break chunk;
                    }
                }
                Some(Err(error)) => {
                    self.body = None;
                    return Poll::Ready(Some(Err(classify(error, &self.host))));
                }
                None => {
                    self.body = None;
                    return Poll::Ready(None);
                }
            }
        };
        self.done += chunk.len() as u64;
        if let Some(progress) = &self.progress {
            progress.report(self.done, self.total);
        }
        Poll::Ready(Some(Ok(chunk)))
    }
}

impl fmt::Debug for BytesStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BytesStream").field("done", &self.done).field("total", &self.total).finish_non_exhaustive()
    }
}
