//! A body that a reader gives.

use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use reqwest::Body;
use tokio::sync::mpsc;

use super::runtime;
use crate::error::Result;

/// What a connection takes in one go.
const PIECE: usize = 64 * 1024;

/// Read ahead of the connection.
const PIECES: usize = 2;

/// The body, read on a thread that may block, which ends with the reader or with the request.
pub(super) fn body(mut reader: impl Read + Send + 'static) -> Result<Body> {
    let (pieces, received) = mpsc::channel(PIECES);
    runtime::handle()?.spawn_blocking(move || {
        // Ends with the body, an error, or a request that was given up.
        while let Some(piece) = piece(&mut reader).transpose() {
            let is_error = piece.is_err();
            if pieces.blocking_send(piece).is_err() || is_error {
                return;
            }
        }
    });
    Ok(Body::wrap_stream(Pieces(received)))
}

/// `None` at the end.
fn piece(reader: &mut impl Read) -> io::Result<Option<Bytes>> {
    let mut piece = vec![0; PIECE];
    loop {
        match reader.read(&mut piece) {
            Ok(0) => return Ok(None),
            Ok(length) => {
                piece.truncate(length);
                return Ok(Some(piece.into()));
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

struct Pieces(mpsc::Receiver<io::Result<Bytes>>);

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}
