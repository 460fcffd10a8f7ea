//! The way of a request to the API and back, with one try more where the token was refused, or its proof lacked a nonce.

use reqwest::Request;

use super::ApiResponse;
use super::attempt::{Disposition, attempt, verdict};
use super::client::Shared;
use super::deadline::Deadline;
use super::retry::Retry;
use crate::error::Result;
use crate::runtime;
use crate::telemetry::{Endpoint, Exchange};

/// Sends the request; the answer may have any status.
pub(super) async fn exchange(client: &Shared, request: Request) -> Result<ApiResponse> {
    runtime::current("a request can be sent")?;
    let mut deadline = Deadline::after(request.timeout().copied().unwrap_or(client.settings.timeout));
    let token = deadline.token(client.credentials.headers_for(request.method(), request.url())).await?;
    // Nothing for a stream; else cheap: the bytes of a body are shared, and most headers are not there yet.
    let copy = request.try_clone();
    let exchange = Exchange::new(Endpoint::Resource, &request, 0);
    let response = exchange.watch(attempt(client, request, token, &deadline), ApiResponse::status).await?;
    if verdict(client, &response) == Disposition::Accepted {
        return Ok(response.with_sent_body(copy));
    }
    // Rare, and large: not in every caller's future.
    Box::pin(Retry::new(client, copy, deadline).after(response)).await
}
