use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tonic::Status;
use tonic::body::Body;

use super::status_of;
use crate::error::Error;
use crate::integrations::tower::{BoxError, Replay};

/// What a call may have sent for it to be repeated, unless set: more than the requests of most calls, and little beside tonic's own buffers.
const USUAL_LIMIT: usize = 64 * 1024;

/// Sends a gRPC call again whose request is small: it is recorded while it is sent. For an
/// [`AuthorizationLayer`](crate::integrations::tower::AuthorizationLayer) on a channel.
///
/// A call that streams can be sent again if its stream had ended when the token was rejected (401). Recording copies no bytes. Where there is no
/// token, the call ends with the [status of the error](status_of()).
#[derive(Clone, Copy, Debug)]
pub struct ReplayRecorded {
    limit: usize,
}

impl ReplayRecorded {
    /// Requests of up to 64 KiB.
    pub fn new() -> Self {
        Self { limit: USUAL_LIMIT }
    }

    /// Requests of up to so many bytes.
    pub fn with_limit(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }
}

impl Default for ReplayRecorded {
    fn default() -> Self {
        Self::new()
    }
}

impl Replay<Body> for ReplayRecorded {
    type Kept = Record;

    fn keep(&self, body: Body) -> (Body, Option<Record>) {
        let record = Record(Arc::new(Mutex::new(Progress { room: self.limit, ..Progress::default() })));
        let recording = Recording { body, record: record.clone() };
        (Body::new(recording), Some(record))
    }

    fn again(&self, record: &Record) -> Option<Body> {
        let progress = record.progress();
        let is_whole = progress.has_ended && !progress.is_too_large;
        is_whole.then(|| Body::new(Recorded { frames: progress.frames.clone().into_iter() }))
    }

    fn error(&self, error: Error) -> BoxError {
        status_of(error).into()
    }
}

/// What of a request was sent so far.
#[derive(Clone, Debug)]
pub struct Record(Arc<Mutex<Progress>>);

#[derive(Debug, Default)]
struct Progress {
    frames: Vec<Bytes>,
    room: usize,
    is_too_large: bool,
    has_ended: bool,
}

impl Record {
    fn progress(&self) -> std::sync::MutexGuard<'_, Progress> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, data: &Bytes) {
        let mut progress = self.progress();
        match progress.room.checked_sub(data.len()) {
            Some(room) if !progress.is_too_large => {
                progress.room = room;
                progress.frames.push(data.clone());
            }
            _ => {
                progress.is_too_large = true;
                progress.frames = Vec::new();
            }
        }
    }

    fn end(&self) {
        self.progress().has_ended = true;
    }
}

/// A request while it is sent for the first time.
struct Recording {
    body: Body,
    record: Record,
}

impl HttpBody for Recording {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        match &frame {
            Some(Ok(frame)) => {
                if let Some(data) = frame.data_ref() {
                    self.record.add(data);
                }
                if self.body.is_end_stream() {
                    self.record.end();
                }
            }
            Some(Err(_)) => {}
            None => self.record.end(),
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A request that is sent again.
struct Recorded {
    frames: std::vec::IntoIter<Bytes>,
}

impl HttpBody for Recorded {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        Poll::Ready(self.frames.next().map(|data| Ok(Frame::data(data))))
    }

    fn is_end_stream(&self) -> bool {
        self.frames.len() == 0
    }
}
