//! How a request is sent: once, or as the policy has it.

use reqwest::Request;

use super::ApiResponse;
use super::client::Shared;
use super::deadline::Deadline;
use super::options::SendOptions;
use super::resend::resend;
use super::retry_policy::Repeatable;
use super::round_trip::round_trip;
use super::timer_anchor;
use crate::error::Result;
use crate::runtime;

/// Sends the request; the answer may have any status.
pub(super) async fn exchange(client: &Shared, request: Request, options: SendOptions<'_>) -> Result<ApiResponse> {
    let runtime = runtime::current("a request can be sent")?;
    let limit = request.timeout().copied().unwrap_or(client.settings.timeout);
    timer_anchor::ensure(&runtime, limit);
    let mut deadline = Deadline::after(limit);
    let policy = options.rare.and_then(|options| options.retry).unwrap_or(client.settings.retry);
    if policy.is_never() {
        return round_trip(client, request, 0, &mut deadline, options).await?;
    }
    let repeatable = Repeatable::of(&request, options.rare.is_some_and(|options| options.is_idempotent));
    // Not in the future of those who do without.
    Box::pin(resend(client, request, options, policy, repeatable, deadline)).await
}
