//! One request to the API.

use http::HeaderValue;
use http::header::ACCEPT;
use reqwest::Request;

use super::ApiResponse;
use super::client::{Settings, Shared};
use super::deadline::Deadline;
use super::options::SendOptions;
use super::sent_secrets::SentSecrets;
use super::{failure, upload};
use crate::credentials::{Answer, AuthorizationHeaders};
use crate::error::Result;
use crate::http_client::classify;
use crate::time;
use crate::wire::add_date_if_absent;

pub(super) async fn attempt(
    client: &Shared,
    mut request: Request,
    token: AuthorizationHeaders,
    deadline: &Deadline,
    options: SendOptions<'_>,
) -> Result<ApiResponse> {
    client.settings.token.apply(token.clone(), &mut request)?;
    add_defaults(&mut request, &client.settings, options.accept);
    let (method, sent) = (request.method().clone(), SentSecrets::of(request.headers()));
    if let Some(progress) = options.rare.and_then(|options| options.upload.as_ref()) {
        upload::report_progress(&mut request, progress);
    }
    match client.http.execute(request, deadline.remaining()).await {
        Ok(mut response) if client.base.contains(response.url()) => {
            add_date_if_absent(response.headers_mut(), time::unix_time);
            Answer { sent: &token, status: response.status(), headers: response.headers() }.keep_nonce();
            let progress = options.rare.and_then(|options| options.download.clone());
            Ok(ApiResponse::new(response, method, token, sent, client.settings.body_limit, progress))
        }
        Ok(response) => Err(failure::left_the_base(response.url())),
        Err(error) => Err(classify(error, client.base.host())),
    }
}

/// What the request does not say itself.
fn add_defaults(request: &mut Request, settings: &Settings, accept: &'static str) {
    let headers = request.headers_mut();
    for (name, value) in &settings.headers {
        if !headers.contains_key(name) {
            headers.insert(name, value.clone());
        }
    }
    headers.entry(ACCEPT).or_insert(HeaderValue::from_static(accept));
}
