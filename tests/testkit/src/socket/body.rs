//! The body of an answer, as it is let through the socket.

use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tokio::time::Sleep;

use crate::fault::Delivery;

/// How long a truncated body rests before the connection closes, so that what was sent of it is out of the door.
const FLUSH: Duration = Duration::from_millis(20);

/// A body that arrives whole, in drips, or not to its end.
pub(crate) enum AnswerBody {
    Whole(Body),
    Slow(Slow),
}

impl AnswerBody {
    pub(super) fn whole(body: Body) -> Self {
        Self::Whole(body)
    }

    pub(super) fn delivered(body: Bytes, delivery: Delivery) -> Self {
        match delivery {
            Delivery::Truncated(bytes) if bytes < body.len() => Self::Slow(Slow {
                announced: body.len(),
                chunk: bytes.max(1),
                rest: body.slice(..bytes),
                pause: FLUSH,
                cut: true,
                sleep: None,
            }),
            Delivery::Dripped { chunk, pause } => {
                Self::Slow(Slow { announced: body.len(), chunk, rest: body, pause, cut: false, sleep: None })
            }
            _ => Self::Whole(Body::from(body)),
        }
    }
}

/// A body in chunks, with a pause after each.
pub(crate) struct Slow {
    /// How long the whole body is, as the header says; counted down.
    announced: usize,
    rest: Bytes,
    chunk: usize,
    pause: Duration,
    /// Whether the connection closes where `rest` ends.
    cut: bool,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl HttpBody for AnswerBody {
    type Data = Bytes;
    type Error = Cut;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        match self.get_mut() {
            Self::Whole(body) => Pin::new(body).poll_frame(cx).map_err(|_| Cut),
            Self::Slow(slow) => slow.poll_frame(cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Whole(body) => body.is_end_stream(),
            Self::Slow(slow) => slow.rest.is_empty() && !slow.cut,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(body) => body.size_hint(),
            Self::Slow(slow) => SizeHint::with_exact(slow.announced as u64),
        }
    }
}

impl Slow {
    fn poll_frame(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        if let Some(sleep) = &mut self.sleep {
            ready!(sleep.as_mut().poll(cx));
            self.sleep = None;
        } else if self.cut && self.rest.is_empty() {
            // Nothing was asked to be sent: the header still goes out before the connection closes.
            self.rest_a_while();
            return self.poll_frame(cx);
        }
        if self.rest.is_empty() {
            return Poll::Ready(self.cut.then_some(Err(Cut)));
        }
        let chunk = self.rest.split_to(self.chunk.min(self.rest.len()));
        self.announced -= chunk.len();
        self.rest_a_while();
        Poll::Ready(Some(Ok(Frame::data(chunk))))
    }

    fn rest_a_while(&mut self) {
        self.sleep = Some(Box::pin(tokio::time::sleep(self.pause)));
    }
}

/// Closes the connection.
#[derive(Debug)]
pub(crate) struct Cut;

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is closed on purpose")
    }
}

impl Error for Cut {}
