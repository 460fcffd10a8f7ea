use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use reqwest::{Body, Request};
use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;

use super::client::Shared;
use super::exchange::exchange;
use super::fields::Fields;
use super::options::Options;
use super::pagination::{Items, Pages, Pagination};
use super::retry_policy::IDEMPOTENCY_KEY;
use super::{ApiResponse, RetryPolicy, builder};
use crate::error::{Error, Result};

/// A request to an API, authorised when it is sent; made by [`ApiClient`](super::ApiClient).
///
/// The names are those of reqwest. `.await` on it, or [`send`](Self::send), sends it and returns the answer, an [`ApiResponse`];
/// [`fetch`](Self::fetch), [`fetch_text`](Self::fetch_text) and [`fetch_bytes`](Self::fetch_bytes) send it and read the body, too.
/// Each of them reports the errors of the parts.
///
/// ```no_run
/// use std::time::Duration;
///
/// # async fn example(api: grantkit::ApiClient) -> grantkit::Result<()> {
/// let report = api
///     .get(["reports", "2024/Q1"])
///     .query(&[("format", "csv")])
///     .header("accept", "text/csv")
///     .timeout(Duration::from_secs(300))
///     .fetch_text()
///     .await?;
///
/// let answer = api.post("reports").json(&["2024/Q2"]).await?;
/// println!("{}", answer.status());
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is sent before `.await`; `.fetch::<T>().await` reads the answer, too"]
pub struct ApiRequest {
    client: Arc<Shared>,
    request: Result<Request>,
    error_for_status: bool,
    /// None of most.
    options: Option<Box<Options>>,
}

/// Its parts.
impl ApiRequest {
    pub(super) fn new(client: Arc<Shared>, method: Method, url: Result<Url>) -> Self {
        let error_for_status = client.settings.error_for_status;
        Self { client, request: url.map(|url| Request::new(method, url)), error_for_status, options: None }
    }

    /// Appends to the query: a struct, a map or a list of pairs.
    ///
    /// `true` is written `true`, a list repeats its name, `None` is left out.
    ///
    /// ```no_run
    /// #[derive(serde::Serialize)]
    /// struct Filter<'a> { state: &'a str, after: Option<u32>, tag: Vec<&'a str> }
    ///
    /// # async fn example(api: grantkit::ApiClient) -> grantkit::Result<()> {
    /// let filter = Filter { state: "open", after: None, tag: vec!["eu", "b2b"] };
    /// api.get("invoices").query(&filter).await?;   // ?state=open&tag=eu&tag=b2b
    /// # Ok(())
    /// # }
    /// ```
    pub fn query<T: Serialize + ?Sized>(self, parameters: &T) -> Self {
        self.edit(|request| {
            let fields = Fields::of("query", parameters)?;
            if !fields.is_empty() {
                request.url_mut().query_pairs_mut().extend_pairs(fields.iter());
            }
            Ok(())
        })
    }

    /// Sets a header, in place of any of its name, also of a header that the body or the client would set.
    ///
    /// `Authorization`, `DPoP` and `Host` cannot be set: the client sets them.
    pub fn header<N, V>(self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        self.edit(|request| {
            let (name, value) = builder::header(name, value)?;
            request.headers_mut().insert(name, value);
            Ok(())
        })
    }

    /// Sets headers, each in place of any of its name, as [`header`](Self::header) does.
    pub fn headers(self, headers: HeaderMap) -> Self {
        self.edit(|request| {
            let mut last = None;
            for (name, value) in headers {
                // A name is given with the first of its values alone.
                match (name, &last) {
                    (Some(name), _) => {
                        let (name, value) = builder::header(name, value)?;
                        request.headers_mut().insert(name.clone(), value);
                        last = Some(name);
                    }
                    (None, Some(name)) => _ = request.headers_mut().append(name.clone(), value),
                    (None, None) => {}
                }
            }
            Ok(())
        })
    }

    /// Sends this value as JSON.
    ///
    /// ```no_run
    /// # async fn example(api: grantkit::ApiClient, new: std::collections::HashMap<String, u32>) -> grantkit::Result<()> {
    /// let created: serde_json::Value = api.post("invoices").json(&new).fetch().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        self.edit(|request| {
            let json = serde_json::to_vec(value)
                .map_err(|error| Error::configuration("the body cannot be written as JSON").with_source(error))?;
            set_body(request, "application/json", json);
            Ok(())
        })
    }

    /// Sends a form (`application/x-www-form-urlencoded`): a struct, a map or a list of pairs, as in
    /// [`query`](Self::query).
    pub fn form<T: Serialize + ?Sized>(self, fields: &T) -> Self {
        self.edit(|request| {
            let fields = Fields::of("form", fields)?;
            let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields.iter()).finish();
            set_body(request, "application/x-www-form-urlencoded", form.into_bytes());
            Ok(())
        })
    }

    /// Sends any other body: text, bytes, a file, a stream. Its content type is yours to set.
    ///
    /// A stream can be sent once: if the API rejects the token, or asks for a nonce, the request is not sent again.
    pub fn body(self, body: impl Into<Body>) -> Self {
        self.edit(|request| {
            *request.body_mut() = Some(body.into());
            Ok(())
        })
    }

    /// Limits the time of this call; see [`ApiClientBuilder::timeout`](super::ApiClientBuilder::timeout).
    pub fn timeout(self, limit: Duration) -> Self {
        self.edit(|request| {
            *request.timeout_mut() = Some(limit);
            Ok(())
        })
    }

    /// Whether a status of 400 and above, or a redirect, is an error of this request; `false` to look at it yourself.
    pub fn error_for_status(mut self, is_error: bool) -> Self {
        self.error_for_status = is_error;
        self
    }

    /// Sends this request again as this policy has it, in place of the client's; see
    /// [`ApiClientBuilder::retry`](super::ApiClientBuilder::retry).
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options().retry = Some(policy);
        self
    }

    /// Sends this key (`Idempotency-Key`), by which the API knows the request when it comes again, and does it once: a
    /// [`RetryPolicy`] then repeats it, whatever its method.
    ///
    /// The key is sent as it is, which is what most APIs take. The draft of the IETF (draft-ietf-httpapi-idempotency-key-header) has it in
    /// quotes: write them, `""8e03978e""`, for an API that follows it.
    pub fn idempotency_key<V: TryInto<HeaderValue>>(self, key: V) -> Self {
        self.header(IDEMPOTENCY_KEY, key)
    }

    /// Says that this request may arrive twice, whatever its method: a [`RetryPolicy`] then repeats it. It sends nothing more.
    pub fn idempotent(mut self) -> Self {
        self.options().is_idempotent = true;
        self
    }

    fn options(&mut self) -> &mut Options {
        self.options.get_or_insert_default()
    }

    /// A copy, to be sent on its own; `None` where the body is a stream, which cannot be repeated.
    ///
    /// ```no_run
    /// # async fn example(api: grantkit::ApiClient) -> grantkit::Result<()> {
    /// let request = api.post("reports").json(&["2024/Q2"]);
    /// let copy = request.try_clone();
    /// request.send().await?;
    /// # let _ = copy;
    /// # Ok(())
    /// # }
    /// ```
    pub fn try_clone(&self) -> Option<Self> {
        let request = match &self.request {
            Ok(request) => Ok(request.try_clone()?),
            Err(error) => Err(error.clone()),
        };
        Some(Self {
            client: Arc::clone(&self.client),
            request,
            error_for_status: self.error_for_status,
            options: self.options.clone(),
        })
    }

    pub(super) fn url(&self) -> Result<&Url> {
        self.request.as_ref().map(Request::url).map_err(Clone::clone)
    }

    /// For another page of the same list.
    pub(super) fn with_url(self, url: Url) -> Self {
        self.edit(|request| {
            *request.url_mut() = url;
            Ok(())
        })
    }

    pub(super) fn check_below_base(&self, url: &Url) -> Result<()> {
        self.client.base.check_named_by_server(url)
    }

    fn edit(mut self, change: impl FnOnce(&mut Request) -> Result<()>) -> Self {
        if let Ok(request) = &mut self.request
            && let Err(error) = change(request)
        {
            self.request = Err(error);
        }
        self
    }
}

/// Sending it.
impl ApiRequest {
    /// Sends it and returns the answer; its body has not been read yet.
    ///
    /// If the API rejects the token (401, or another of the
    /// [`unauthorized_status_codes`](crate::OAuthClient::unauthorized_status_codes)), the token is refreshed and the request sent once
    /// more; then that answer counts. If it asks for a nonce in the DPoP proof (RFC 9449 §9), the request is sent once more with the
    /// same token.
    ///
    /// # Errors
    ///
    /// | error | when |
    /// |---|---|
    /// | [`is_configuration`](Error::is_configuration) | the path, a header, the query or the body is invalid; nothing was sent |
    /// | as [`Credentials::token`](crate::Credentials::token) | there is no token |
    /// | [`status`](Error::status) | the API answered with an error (unless `error_for_status(false)`): the start of its body is in the text, and [`retry_after`](Error::retry_after) is what it asked for |
    /// | [`needs_login`](Error::needs_login), [`is_configuration`](Error::is_configuration) | the API rejected the token, and the refresh failed with this error: a person or operator has to act |
    /// | [`needs_login`](Error::needs_login), with a [`challenge`](Error::challenge) | the API requires a stronger or newer login (step-up, RFC 9470) |
    /// | `status` 401, with a [`source`](std::error::Error::source) | the API rejected the token, and the refresh failed for another reason, the source |
    /// | [`is_connect`](Error::is_connect) | no connection: the API has not seen the request |
    /// | [`is_timeout`](Error::is_timeout), or else [`is_retryable`](Error::is_retryable) | no answer: the API may have acted on the request |
    pub async fn send(self) -> Result<ApiResponse> {
        let response = exchange(&self.client, self.request?, self.options.as_deref()).await?;
        if self.error_for_status { response.error_for_status().await } else { Ok(response) }
    }

    /// Sends it and reads the answer as JSON: `let invoice: Invoice = api.get("invoices/42").fetch().await?`.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send), and [`ApiResponse::json`].
    pub async fn fetch<T: DeserializeOwned>(self) -> Result<T> {
        self.send().await?.json().await
    }

    /// Sends it and reads the answer as text.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send), and [`ApiResponse::text`].
    pub async fn fetch_text(self) -> Result<String> {
        self.send().await?.text().await
    }

    /// Sends it and reads the answer's bytes.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send), and [`ApiResponse::bytes`].
    pub async fn fetch_bytes(self) -> Result<Bytes> {
        self.send().await?.bytes().await
    }
}

/// Lists that come in pages.
impl ApiRequest {
    /// Reads a list that comes in pages: a `Stream` of its items, which requests a page when its first item is asked for.
    ///
    /// ```no_run
    /// use grantkit::api::Pagination;
    ///
    /// # #[derive(serde::Deserialize)]
    /// # struct Invoice { id: String }
    /// # async fn example(api: grantkit::ApiClient) -> grantkit::Result<()> {
    /// let mut invoices = api.get("invoices").query(&[("state", "open")]).paginate::<Invoice>(Pagination::link());
    /// while let Some(invoice) = invoices.next().await {
    ///     println!("{}", invoice?.id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Headers, time-out and token are those of this request for each page. A next page outside of the base URL is an error, as the token
    /// does not leave it; so is one that was read before.
    pub fn paginate<T: DeserializeOwned>(self, pagination: Pagination) -> Items<T> {
        Items::new(Pages::new(self, pagination))
    }
}

/// `.await` sends it; see [`send`](ApiRequest::send).
impl IntoFuture for ApiRequest {
    type Output = Result<ApiResponse>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

fn set_body(request: &mut Request, content_type: &'static str, body: Vec<u8>) {
    request.headers_mut().entry(CONTENT_TYPE).or_insert(HeaderValue::from_static(content_type));
    *request.body_mut() = Some(body.into());
}

impl fmt::Debug for ApiRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("ApiRequest");
        // Neither the query nor the headers: both may hold secrets.
        match &self.request {
            Ok(request) => out.field("method", request.method()).field("path", &request.url().path()),
            Err(error) => out.field("error", error),
        };
        out.finish_non_exhaustive()
    }
}
