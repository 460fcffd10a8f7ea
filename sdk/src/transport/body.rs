use super::Server;
use crate::error::{Error, Result};
use crate::http_client::classify;
use crate::lenient::WipedBytes;
use crate::wire::check_value_count;

/// Reads a body as it streams in and stops at `limit` bytes; the whole-request time-out ends a slow drip. What would take many
/// times its own size once it is read as JSON is refused.
pub(super) async fn read(mut response: reqwest::Response, limit: usize, server: Server<'_>) -> Result<WipedBytes> {
    let too_large =
        || Error::invalid_response(format!("the answer of {server} is larger than the limit of {limit} bytes"));
    let announced = response.content_length().map_or(0, |length| usize::try_from(length).unwrap_or(usize::MAX));
    if announced > limit {
        return Err(too_large());
    }
    // With the announced room up front the vector does not grow, and leaves no unwiped copy behind.
    let mut body = WipedBytes::with_capacity(announced);
    while let Some(chunk) = response.chunk().await.map_err(|error| classify(error, server))? {
        if body.len() + chunk.len() > limit {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    check_value_count(format_args!("the answer of {server}"), &body)?;
    Ok(body)
}
