mod streaming;

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use serde::de::DeserializeOwned;
use url::Url;

use super::progress::Progress;
use super::replay::Replay;
use super::sent_secrets::SentSecrets;
use super::{RateLimit, body, error_body, failure};
use crate::credentials::{Answer, AuthorizationHeaders};
use crate::error::{ApiRejection, Error, Result};
use crate::lenient;

/// An API's answer, of which the body has not been read yet.
pub struct ApiResponse {
    response: reqwest::Response,
    method: Method,
    /// What the request was authorised with; it is struck out of what the API says.
    token: AuthorizationHeaders,
    sent: SentSecrets,
    body_limit: usize,
    rejection: Option<ApiRejection>,
    progress: Option<Progress>,
}

impl ApiResponse {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// How many more requests the API takes, and until when, if it says so; of several limits, the tightest.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::from_headers(self.headers())
    }

    /// The body, read as JSON, whatever the status and the content type; a byte-order mark before it is passed over.
    ///
    /// # Errors
    ///
    /// [`is_invalid_response`](crate::Error::is_invalid_response) where it is no JSON, or other JSON than a `T`; else as
    /// [`bytes`](Self::bytes). The error names the place and quotes nothing.
    pub async fn json<T: DeserializeOwned>(mut self) -> Result<T> {
        let body = self.read().await?;
        lenient::read_as_given(&body).map_err(|error| self.not_json::<T>(&body, &error))
    }

    /// The body, read as UTF-8; what is not becomes `�`.
    ///
    /// # Errors
    ///
    /// As [`bytes`](Self::bytes).
    pub async fn text(mut self) -> Result<String> {
        let body = self.read().await?;
        Ok(String::from_utf8(body.into())
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
    }

    /// The body.
    ///
    /// # Errors
    ///
    /// [`is_invalid_response`](crate::Error::is_invalid_response) where it is larger than
    /// [`body_limit`](super::ApiClientBuilder::body_limit); [`is_retryable`](crate::Error::is_retryable) where the
    /// connection broke or the time was up before its end.
    pub async fn bytes(mut self) -> Result<Bytes> {
        self.read().await
    }

    /// Returns the answer if it is a success, else the error of its status.
    ///
    /// # Errors
    ///
    /// As [`ApiRequest::send`](super::ApiRequest::send) has it for statuses.
    pub async fn error_for_status(mut self) -> Result<Self> {
        if !failure::is_failure(self.status()) {
            return Ok(self);
        }
        let url = self.response.url().clone();
        let secrets: Vec<Cow<'_, str>> = self.sent.secrets(&url, self.token.presented());
        let said = body::start(&mut self.response).await;
        let error = failure::of_status(&self.response, &self.method, &said, self.rejection, &secrets);
        Err(match error_body::json(&said, &secrets) {
            Some(body) => error.with_body(body),
            None => error,
        })
    }

    /// The error of its status, while the body is still to be read: that of [`error_for_status`](Self::error_for_status) without what the
    /// body says. `None` where that returns the answer.
    ///
    /// For a program that shows the answer, whatever its status, and has to decide what to do next:
    ///
    /// ```no_run
    /// # async fn example(api: grantkit::ApiClient) -> grantkit::Result<()> {
    /// let answer = api.get("invoices").error_for_status(false).send().await?;
    /// let error = answer.status_error();
    /// println!("{}", answer.text().await?);
    /// if let Some(step_up) = error.and_then(|error| error.step_up()) {
    ///     println!("log in with {:?}", step_up.acr_values());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn status_error(&self) -> Option<Error> {
        if !failure::is_failure(self.status()) {
            return None;
        }
        let secrets = self.sent.secrets(self.response.url(), self.token.presented());
        Some(failure::of_status(&self.response, &self.method, &[], self.rejection.clone(), &secrets))
    }

    /// Returns reqwest's response, for what is not offered here; no limit holds for its body.
    /// [`bytes_stream`](Self::bytes_stream) and [`copy_to`](Self::copy_to) read a body of any size.
    pub fn into_inner(self) -> reqwest::Response {
        self.response
    }

    pub(super) fn new(
        response: reqwest::Response,
        method: Method,
        token: AuthorizationHeaders,
        sent: SentSecrets,
        body_limit: usize,
        progress: Option<Progress>,
    ) -> Self {
        Self { response, method, token, sent, body_limit, rejection: None, progress }
    }

    /// With the request, for what an error must not quote of its body.
    pub(super) fn with_sent_body(mut self, replay: Replay) -> Self {
        if failure::is_failure(self.status()) {
            self.sent.add_body(replay.into_body());
        }
        self
    }

    pub(super) fn with_rejection(mut self, rejection: ApiRejection) -> Self {
        self.rejection = Some(rejection);
        self
    }

    pub(super) fn method(&self) -> &Method {
        &self.method
    }

    pub(super) fn url(&self) -> &Url {
        self.response.url()
    }

    /// What it says of how the request was authorised.
    pub(super) fn answer(&self) -> Answer<'_> {
        Answer { sent: &self.token, status: self.status(), headers: self.headers() }
    }

    pub(super) fn request_line(&self) -> String {
        failure::request_line(&self.method, self.response.url())
    }

    /// A body that is not the JSON that was waited for.
    pub(super) fn not_json<T>(&self, body: &[u8], error: &serde_json::Error) -> Error {
        failure::not_json::<T>(&self.response, &self.method, body, error)
    }

    pub(super) async fn read(&mut self) -> Result<Bytes> {
        body::read(&mut self.response, &self.method, self.body_limit, self.progress.as_ref()).await
    }
}

impl fmt::Debug for ApiResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Neither the query nor the headers: both may hold secrets.
        f.debug_struct("ApiResponse")
            .field("status", &self.status().as_u16())
            .field("method", &self.method)
            .field("path", &self.response.url().path())
            .finish_non_exhaustive()
    }
}
