use std::io::{self, BufRead, Read};

use bytes::{Buf as _, Bytes};

use super::wait;
use crate::api::BytesStream;

/// The body of an answer as it comes, to be read; made by [`ApiResponse::into_reader`](super::ApiResponse::into_reader).
///
/// Its errors hold an [`Error`](crate::Error); they are [`TimedOut`](io::ErrorKind::TimedOut) where the time was up, else
/// [`Other`](io::ErrorKind::Other).
#[derive(Debug)]
pub struct BodyReader {
    stream: BytesStream,
    /// Has come, and has not been read.
    rest: Bytes,
}

impl BodyReader {
    pub(super) fn new(stream: BytesStream) -> Self {
        Self { stream, rest: Bytes::new() }
    }
}

impl BufRead for BodyReader {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.rest.is_empty() {
            let stream = &mut self.stream;
            match wait(async { stream.next().await.transpose() }) {
                Ok(Some(bytes)) => self.rest = bytes,
                Ok(None) => break,
                Err(error) if error.is_timeout() => return Err(io::Error::new(io::ErrorKind::TimedOut, error)),
                Err(error) => return Err(io::Error::other(error)),
            }
        }
        Ok(&self.rest)
    }

    fn consume(&mut self, amount: usize) {
        self.rest.advance(amount.min(self.rest.len()));
    }
}

impl Read for BodyReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}
