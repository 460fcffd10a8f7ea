use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use reqwest::Response;

use super::progress::Progress;
use crate::error::Result;
use crate::http_client::classify;

type Chunks = Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>> + Send>>;

/// The body of an answer as it comes; made by [`ApiResponse::bytes_stream`](super::ApiResponse::bytes_stream).
///
/// A `Stream` of `Result<Bytes>`; [`next`](Self::next) does without the combinators of `futures`. It is over after an error.
#[must_use = "the body is read as it is asked for, by `.next().await`"]
pub struct BytesStream {
    chunks: Option<Chunks>,
    host: String,
    done: u64,
    total: Option<u64>,
    progress: Option<Progress>,
}

impl BytesStream {
    pub(super) fn new(response: Response, progress: Option<Progress>) -> Self {
        let (host, total) = (response.url().host_str().unwrap_or_default().to_owned(), response.content_length());
        Self { chunks: Some(Box::pin(response.bytes_stream())), host, done: 0, total, progress }
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
        let Some(chunks) = &mut self.chunks else { return Poll::Ready(None) };
        let chunk = match ready!(chunks.as_mut().poll_next(context)) {
            Some(Ok(chunk)) => chunk,
            Some(Err(error)) => {
                self.chunks = None;
                return Poll::Ready(Some(Err(classify(error, &self.host))));
            }
            None => {
                self.chunks = None;
                return Poll::Ready(None);
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
