//! Reading bodies, within limits.

use std::borrow::Cow;

use bytes::{Bytes, BytesMut};
use http::Method;
use reqwest::Response;

use super::failure;
use crate::error::Result;
use crate::http_client::classify;
use crate::text::ServerText;

/// A length that a server announces is believed up to here before the bytes have come.
const MAX_ROOM: usize = 1024 * 1024;

/// Of the body of an error, enough for its start to be found behind whatever precedes it.
const ERROR_BODY: usize = 4096;

/// The whole body, if it is no larger than `limit`.
pub(super) async fn read(response: &mut Response, method: &Method, limit: usize) -> Result<Bytes> {
    let announced = response.content_length().map_or(0, |length| usize::try_from(length).unwrap_or(usize::MAX));
    let too_large = |url| failure::body_too_large(&failure::request_line(method, url), limit);
    if announced > limit {
        return Err(too_large(response.url()));
    }
    // Most bodies come in one piece, which needs no copy.
    let Some(first) = next(response).await? else { return Ok(Bytes::new()) };
    if first.len() > limit {
        return Err(too_large(response.url()));
    }
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
        chunk = next(response).await?;
    }
    Ok(whole.freeze())
}

/// The start of the body of an error without the secrets that the API may quote; what there is, if reading it fails.
pub(super) async fn start(response: &mut Response, secrets: &[Cow<'_, str>]) -> ServerText {
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = next(response).await {
        body.extend_from_slice(&chunk);
        if body.len() > ERROR_BODY {
            break;
        }
    }
    ServerText::without(&String::from_utf8_lossy(&body), secrets.iter().map(AsRef::as_ref))
}

async fn next(response: &mut Response) -> Result<Option<Bytes>> {
    match response.chunk().await {
        Ok(chunk) => Ok(chunk),
        Err(error) => Err(classify(error, response.url().host_str().unwrap_or_default())),
    }
}
