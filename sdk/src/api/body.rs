//! Reading bodies, within limits.

use bytes::{Bytes, BytesMut};
use http::Method;
use reqwest::Response;

use super::failure;
use super::progress::Progress;
use crate::error::Result;
use crate::http_client::classify;

/// A length that a server announces is believed up to here before the bytes have come.
const MAX_ROOM: usize = 1024 * 1024;

/// Of the body of an error: what programs read of it is shorter, and its start is found behind whatever precedes it.
pub(super) const MAX_ERROR_BODY: usize = 16 * 1024;

/// The whole body, if it is no larger than `limit`.
pub(super) async fn read(
    response: &mut Response,
    method: &Method,
    limit: usize,
    progress: Option<&Progress>,
) -> Result<Bytes> {
    let total = response.content_length();
    let announced = total.map_or(0, |length| usize::try_from(length).unwrap_or(usize::MAX));
    let too_large = |url| failure::body_too_large(&failure::request_line(method, url), limit);
    let report = |done: usize| progress.into_iter().for_each(|progress| progress.report(done as u64, total));
    if announced > limit {
        return Err(too_large(response.url()));
    }
    // Most bodies come in one piece, which needs no copy.
    let Some(first) = next(response).await? else { return Ok(Bytes::new()) };
    if first.len() > limit {
        return Err(too_large(response.url()));
    }
    report(first.len());
    let mut chunk = next(response).await?;
    if chunk.is_none() {
        return Ok(first);
    }
    let mut whole = BytesMut::with_capacity(announced.min(MAX_ROOM));
    whole.extend_from_slice(&first);
    while let Some(more) = chunk {
        if whole.len() + more.len() > limit {
            return Err(too_large(response.url()));
        }
        whole.extend_from_slice(&more);
        report(whole.len());
        chunk = next(response).await?;
    }
    Ok(whole.freeze())
}

/// The body of an error, or its start where it is longer than [`MAX_ERROR_BODY`]; what there is, if reading it fails.
pub(super) async fn start(response: &mut Response) -> Vec<u8> {
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = next(response).await {
        body.extend_from_slice(&chunk);
        if body.len() > MAX_ERROR_BODY {
            break;
        }
    }
    body
}

async fn next(response: &mut Response) -> Result<Option<Bytes>> {
    match response.chunk().await {
        Ok(chunk) => Ok(chunk),
        Err(error) => Err(classify(error, response.url().host_str().unwrap_or_default())),
    }
}
