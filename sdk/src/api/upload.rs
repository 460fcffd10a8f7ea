//! A body that tells how much of it has gone.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use reqwest::{Body, Request};

use super::progress::Progress;

/// Bytes that are there at once go in pieces of this size, so that there is something to tell; it is what a connection takes in one go.
const PIECE: usize = 64 * 1024;

/// From now on the body of this request reports how much of it has gone.
pub(super) fn report_progress(request: &mut Request, progress: &Progress) {
    let announced = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if let Some(body) = request.body_mut().take() {
        *request.body_mut() = Some(with_progress(body, announced, progress.clone()));
    }
}

fn with_progress(body: Body, announced: Option<u64>, progress: Progress) -> Body {
    let exact = body.size_hint().exact();
    let total = exact.or(announced);
    Body::wrap(ProgressBody { body, rest: Bytes::new(), done: 0, exact, total, progress })
}

struct ProgressBody {
    body: Body,
    /// What has come of the body, and has not gone.
    rest: Bytes,
    done: u64,
    /// As the body itself has it.
    exact: Option<u64>,
    /// As far as that, or the program, says.
    total: Option<u64>,
    progress: Progress,
}

impl HttpBody for ProgressBody {
    type Data = Bytes;
    type Error = reqwest::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, reqwest::Error>>> {
        while self.rest.is_empty() {
            match ready!(Pin::new(&mut self.body).poll_frame(context)) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => self.rest = data,
                    Err(trailers) => return Poll::Ready(Some(Ok(trailers))),
                },
                end => return Poll::Ready(end),
            }
        }
        let length = self.rest.len().min(PIECE);
        let piece = self.rest.split_to(length);
        self.done += piece.len() as u64;
        self.progress.report(self.done, self.total);
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn size_hint(&self) -> SizeHint {
        match self.exact {
            Some(exact) => SizeHint::with_exact(exact.saturating_sub(self.done)),
            None => SizeHint::new(),
        }
    }
}
