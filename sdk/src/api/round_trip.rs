//! The way of a request to the API and back, with one try more where the token was refused, or its proof lacked a nonce.

use reqwest::Request;

use super::ApiResponse;
use super::attempt::{Disposition, attempt, verdict};
use super::client::Shared;
use super::deadline::Deadline;
use super::options::Options;
use super::retry::Retry;
use crate::error::Result;
use crate::telemetry::{Endpoint, Exchange};

/// Sends the request, after so many others of the same one; the answer may have any status. The outer error is of the token, and
/// sending the request again is no cure for it.
pub(super) async fn round_trip(
    client: &Shared,
    request: Request,
    resends: u32,
    deadline: &mut Deadline,
    options: Option<&Options>,
) -> Result<Result<ApiResponse>> {
    let token = deadline.token(client.credentials.headers_for(request.method(), request.url())).await?;
    // Nothing for a stream; else cheap: the bytes of a body are shared, and most headers are not there yet.
    let copy = request.try_clone();
    let exchange = Exchange::new(Endpoint::Resource, &request, resends);
    let response = match exchange.watch(attempt(client, request, token, deadline, options), ApiResponse::status).await {
        Ok(response) => response,
        Err(error) => return Ok(Err(error)),
    };
    if verdict(client, &response) == Disposition::Accepted {
        return Ok(Ok(response.with_sent_body(copy)));
    }
    // Rare, and large: not in every caller's future.
    Box::pin(Retry::new(client, copy, *deadline, options).after(response)).await.map(Ok)
}
