//! One request to the API, and what its answer says of how it was authorised.

use http::HeaderValue;
use http::header::ACCEPT;
use reqwest::Request;

use super::ApiResponse;
use super::client::{Settings, Shared};
use super::deadline::Deadline;
use super::options::Options;
use super::sent::Sent;
use super::{failure, upload};
use crate::credentials::AuthorizationHeaders;
use crate::error::Result;
use crate::http_client::classify;

/// What an answer says of how the request was authorised.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Disposition {
    Accepted,
    TokenRefused,
    /// The proof lacks a nonce, and nothing else was looked at.
    NonceAsked,
}

pub(super) async fn attempt(
    client: &Shared,
    mut request: Request,
    token: AuthorizationHeaders,
    deadline: &Deadline,
    options: Option<&Options>,
) -> Result<ApiResponse> {
    client.settings.token.apply(token.clone(), &mut request)?;
    add_defaults(&mut request, &client.settings);
    *request.timeout_mut() = Some(deadline.remaining());
    let (method, sent) = (request.method().clone(), Sent::of(request.headers()));
    if let Some(progress) = options.and_then(|options| options.upload.as_ref()) {
        upload::tell(&mut request, progress);
    }
    match client.http.execute(request).await {
        Ok(response) if client.base.contains(response.url()) => {
            // A nonce for another try goes to no other request before.
            if !token.lack_nonce(response.status(), response.headers()) {
                token.keep_nonce(response.headers());
            }
            let progress = options.and_then(|options| options.download.clone());
            Ok(ApiResponse::new(response, method, token, sent, client.settings.body_limit, progress))
        }
        Ok(response) => Err(failure::left_the_base(response.url())),
        Err(error) => Err(classify(error, client.base.host())),
    }
}

pub(super) fn verdict(client: &Shared, response: &ApiResponse) -> Disposition {
    let (status, headers) = (response.status(), response.headers());
    // A success is no rejection, and the list need not be made for one.
    if status.is_success() {
        Disposition::Accepted
    } else if response.token().lack_nonce(status, headers) {
        Disposition::NonceAsked
    } else if client.credentials.unauthorized_status_codes().contains(&status) && !failure::wants_another_login(headers)
    {
        Disposition::TokenRefused
    } else {
        Disposition::Accepted
    }
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
