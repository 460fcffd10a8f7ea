//! A body of several pieces, some of which come as they are sent.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use reqwest::Body;

pub(super) enum Segment {
    Bytes(Bytes),
    /// `left` are the bytes that are to come, where that is known.
    Stream {
        body: Body,
        left: Option<u64>,
    },
}

pub(super) struct Segments(VecDeque<Segment>);

impl Segments {
    pub(super) fn new(segments: Vec<Segment>, last: Bytes) -> Self {
        let mut segments = VecDeque::from(segments);
        segments.push_back(Segment::Bytes(last));
        Self(segments)
    }

    pub(super) fn into_body(self) -> Body {
        Body::wrap(self)
    }
}

impl HttpBody for Segments {
    type Data = Bytes;
    type Error = reqwest::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, reqwest::Error>>> {
        loop {
            match self.0.front_mut() {
                None => return Poll::Ready(None),
                Some(Segment::Bytes(bytes)) => {
                    let bytes = std::mem::take(bytes);
                    self.0.pop_front();
                    return Poll::Ready(Some(Ok(Frame::data(bytes))));
                }
                Some(Segment::Stream { body, left }) => match ready!(Pin::new(body).poll_frame(context)) {
                    Some(Ok(frame)) => {
                        let Ok(data) = frame.into_data() else { continue };
                        if let Some(left) = left {
                            *left = left.saturating_sub(data.len() as u64);
                        }
                        return Poll::Ready(Some(Ok(Frame::data(data))));
                    }
                    Some(Err(error)) => {
                        self.0.clear();
                        return Poll::Ready(Some(Err(error)));
                    }
                    None => _ = self.0.pop_front(),
                },
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        let length = self.0.iter().try_fold(0_u64, |sum, segment| match segment {
            Segment::Bytes(bytes) => sum.checked_add(bytes.len() as u64),
            Segment::Stream { left, .. } => sum.checked_add((*left)?),
        });
        length.map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}
