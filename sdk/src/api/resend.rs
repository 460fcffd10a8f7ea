//! Sends a request again that failed, as the policy has it.

use reqwest::Request;
use tower::retry::budget::{Budget, TpsBudget};

use super::ApiResponse;
use super::client::Shared;
use super::deadline::Deadline;
use super::options::SendOptions;
use super::retry_policy::{Repeatable, RetryPolicy};
use super::round_trip::round_trip;
use crate::error::Result;

/// For how long a request counts that was sent, in [`budget`].
const BUDGET_WINDOW: std::time::Duration = std::time::Duration::from_secs(10);
/// So that a program of few requests may retry at all.
const RETRIES_PER_SECOND: u32 = 1;

/// Of the requests of one client, so many per cent may be sent again, and one a second.
pub(super) fn budget(percent: u8) -> TpsBudget {
    TpsBudget::new(BUDGET_WINDOW, RETRIES_PER_SECOND, f32::from(percent.min(100)) / 100.0)
}

/// Until it succeeds, or the next try would be of no use, too late, or one too many.
pub(super) async fn resend(
    client: &Shared,
    mut request: Request,
    options: SendOptions<'_>,
    policy: RetryPolicy,
    repeatable: Repeatable,
    mut deadline: Deadline,
) -> Result<ApiResponse> {
    client.retry_budget.deposit();
    let mut made = 0;
    loop {
        // None of a stream.
        let copy = request.try_clone();
        let outcome = round_trip(client, request, made, &mut deadline, options).await?;
        let (Some(copy), Some(pause)) = (copy, policy.pause(made, repeatable, &outcome)) else { return outcome };
        deadline.look();
        if pause >= deadline.remaining() || !client.retry_budget.withdraw() {
            return outcome;
        }
        drop(outcome);
        tokio::time::sleep(pause).await;
        deadline.look();
        (request, made) = (copy, made + 1);
    }
}
