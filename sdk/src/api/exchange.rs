//! The way of a request to the API and back, with one try more where the token was refused.

use http::HeaderValue;
use http::header::ACCEPT;
use reqwest::Request;
use tokio::runtime::Handle;

use super::ApiResponse;
use super::client::{Settings, Shared};
use super::deadline::Deadline;
use super::failure;
use super::refusal::Refusal;
use crate::credentials::AuthorizationHeaders;
use crate::error::{Error, Result};

/// Sends the request; the answer may have any status.
pub(super) async fn exchange(client: &Shared, request: Request) -> Result<ApiResponse> {
    if Handle::try_current().is_err() {
        return Err(Error::configuration(
            "a request can be sent within a Tokio runtime only: call from `#[tokio::main]` or `block_on`",
        ));
    }
    let mut deadline = Deadline::after(request.timeout().copied().unwrap_or(client.settings.timeout));
    let token = deadline.token(client.credentials.headers()).await?;
    // Nothing for a stream; else cheap: the bytes of a body are shared, and most headers are not there yet.
    let copy = request.try_clone();
    let response = attempt(client, request, token, &deadline).await?;
    if !is_refusal(client, &response) {
        return Ok(response);
    }
    // Rare, and large: not in every caller's future.
    Box::pin(after_refusal(client, response, copy, deadline)).await
}

/// Reports the refusal, and sends the request again, once, if there is a new token and a body.
async fn after_refusal(
    client: &Shared,
    refused: ApiResponse,
    copy: Option<Request>,
    mut deadline: Deadline,
) -> Result<ApiResponse> {
    deadline.look();
    let renewed = deadline.token(client.credentials.token_refused(refused.token())).await;
    let refusal = match (renewed, copy) {
        (Ok(Some(renewed)), Some(request)) => {
            drop(refused);
            let response = attempt(client, request, renewed, &deadline).await?;
            let refused_again = is_refusal(client, &response);
            return Ok(if refused_again { response.with_refusal(Refusal::Again) } else { response });
        }
        (Ok(Some(_)), None) => Refusal::BodySpent,
        (Ok(None), _) => Refusal::TooSoon,
        // Somebody has to act, and not at the API: that is what the caller has to learn.
        (Err(error), _) if error.needs_login() || error.is_configuration() => return Err(error),
        (Err(error), _) => Refusal::NotRenewed(error),
    };
    Ok(refused.with_refusal(refusal))
}

async fn attempt(
    client: &Shared,
    mut request: Request,
    token: AuthorizationHeaders,
    deadline: &Deadline,
) -> Result<ApiResponse> {
    token.clone().apply(request.headers_mut());
    add_defaults(&mut request, &client.settings);
    *request.timeout_mut() = Some(deadline.remaining());
    let method = request.method().clone();
    match client.http.execute(request).await {
        Ok(response) if client.base.contains(response.url()) => {
            Ok(ApiResponse::new(response, method, token, client.settings.body_limit))
        }
        Ok(response) => Err(failure::left_the_base(response.url())),
        Err(error) => Err(failure::classify(error, client.base.host())),
    }
}

fn is_refusal(client: &Shared, response: &ApiResponse) -> bool {
    // Nobody says "refused" with a success, and the list need not be made for one.
    let status = response.status();
    !status.is_success()
        && client.credentials.unauthorized_status_codes().contains(&status)
        && !failure::wants_another_login(response.headers())
}

/// What the request does not say itself.
fn add_defaults(request: &mut Request, settings: &Settings) {
    let headers = request.headers_mut();
    for (name, value) in &settings.headers {
        if !headers.contains_key(name) {
            headers.insert(name, value.clone());
        }
    }
    headers.entry(ACCEPT).or_insert(HeaderValue::from_static("application/json"));
}
