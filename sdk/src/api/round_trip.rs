//! The way of a request to the API and back, sent once more if the token was rejected (401) or its proof lacked a nonce.

use reqwest::Request;

use super::ApiResponse;
use super::attempt::attempt;
use super::client::Shared;
use super::deadline::Deadline;
use super::options::SendOptions;
use super::replay::Replay;
use super::retry::Retry;
use crate::credentials::Disposition;
use crate::error::Result;
use crate::telemetry::{Endpoint, Exchange};

/// Sends the request, after so many others of the same one; the answer may have any status. The outer error is of the token, and
/// sending the request again is no cure for it.
pub(super) async fn round_trip(
    client: &Shared,
    request: Request,
    resends: u32,
    deadline: &mut Deadline,
    options: SendOptions<'_>,
) -> Result<Result<ApiResponse>> {
    let token = deadline.token(client.credentials.headers_for(request.method(), request.url())).await?;
    let replay = Replay::of(&request, client.http.follows_redirects());
    let exchange = Exchange::new(Endpoint::Resource, &request, resends);
    let response = match exchange.watch(attempt(client, request, token, deadline, options), ApiResponse::status).await {
        Ok(response) => response,
        Err(error) => return Ok(Err(error)),
    };
    if response.answer().disposition(&client.credentials) == Disposition::Accepted {
        return Ok(Ok(response.with_sent_body(replay)));
    }
    // Rare, and large: not in every caller's future.
    Box::pin(Retry::new(client, replay, *deadline, options).after(response)).await.map(Ok)
}
