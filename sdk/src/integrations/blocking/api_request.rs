use std::io::Read;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use reqwest::Body;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{ApiResponse, Items, upload, wait};
use crate::api::{self, Pagination, RetryPolicy};
use crate::credentials::IntoCredentials;
use crate::error::{Error, Result, StepUp};

/// A request to an API; made by [`ApiClient`](super::ApiClient). Its parts are those of [`ApiRequest`](api::ApiRequest); sending it blocks.
#[must_use = "nothing is sent before `.send()`; `.fetch::<T>()` reads the answer, too"]
#[derive(Debug)]
pub struct ApiRequest(Result<api::ApiRequest>);

/// Its parts.
impl ApiRequest {
    /// Appends to the query: a struct, a map or a list of pairs, as [`ApiRequest::query`](api::ApiRequest::query).
    pub fn query<T: Serialize + ?Sized>(self, parameters: &T) -> Self {
        self.edit(|request| request.query(parameters))
    }

    /// Sets a header, as [`ApiRequest::header`](api::ApiRequest::header).
    pub fn header<N, V>(self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        self.edit(|request| request.header(name, value))
    }

    /// Sets headers, each in place of any of its name.
    pub fn headers(self, headers: HeaderMap) -> Self {
        self.edit(|request| request.headers(headers))
    }

    /// Sends this value as JSON.
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        self.edit(|request| request.json(value))
    }

    /// Sends a form (`application/x-www-form-urlencoded`): a struct, a map or a list of pairs.
    pub fn form<T: Serialize + ?Sized>(self, fields: &T) -> Self {
        self.edit(|request| request.form(fields))
    }

    /// Sends text or bytes. Their content type is yours to set.
    pub fn body(self, body: impl Into<Body>) -> Self {
        self.edit(|request| request.body(body))
    }

    /// Sends what the reader gives, as it comes: a file, a pipe, a process. Set `content-length` where it is known, which many servers want.
    ///
    /// The reader is read on another thread, a few pieces ahead. It can be sent once: if the API rejects the token, the request is not sent
    /// again. An error of the reader ends the request, and is a [source](std::error::Error::source) of its error.
    ///
    /// ```no_run
    /// # fn example(api: grantkit::integrations::blocking::ApiClient) -> Result<(), Box<dyn std::error::Error>> {
    /// let file = std::fs::File::open("backup.tar")?;
    /// let size = file.metadata()?.len();
    /// api.put("backups/7").header("content-length", size).body_from(file).send()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn body_from(self, reader: impl Read + Send + 'static) -> Self {
        match upload::body(reader) {
            Ok(body) => self.body(body),
            Err(error) => Self(self.0.and(Err(error))),
        }
    }

    /// Limits the time of this call; see [`ApiClientBuilder::timeout`](api::ApiClientBuilder::timeout).
    pub fn timeout(self, limit: Duration) -> Self {
        self.edit(|request| request.timeout(limit))
    }

    /// Whether a status of 400 and above, or a redirect, is an error of this request; `false` to look at it yourself.
    pub fn error_for_status(self, is_error: bool) -> Self {
        self.edit(|request| request.error_for_status(is_error))
    }

    /// Sends it with these credentials in place of the client's.
    pub fn with_credentials(self, credentials: impl IntoCredentials) -> Self {
        self.edit(|request| request.with_credentials(credentials))
    }

    /// Sends this request again as this policy has it, in place of the client's.
    pub fn retry(self, policy: RetryPolicy) -> Self {
        self.edit(|request| request.retry(policy))
    }

    /// Sends this key (`Idempotency-Key`), as [`ApiRequest::idempotency_key`](api::ApiRequest::idempotency_key).
    pub fn idempotency_key<V: TryInto<HeaderValue>>(self, key: V) -> Self {
        self.edit(|request| request.idempotency_key(key))
    }

    /// Says that this request may arrive twice, whatever its method.
    pub fn idempotent(self) -> Self {
        self.edit(api::ApiRequest::idempotent)
    }

    /// Calls this with the bytes of the request's body that have gone so far, and all of them where that is known. It is called on another
    /// thread.
    pub fn on_upload_progress(self, callback: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        self.edit(|request| request.on_upload_progress(callback))
    }

    /// Calls this with the bytes of the answer's body that have come so far, and all of them where that is known.
    pub fn on_download_progress(self, callback: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        self.edit(|request| request.on_download_progress(callback))
    }

    /// A copy, to be sent on its own; `None` where the body can be sent once.
    pub fn try_clone(&self) -> Option<Self> {
        match &self.0 {
            Ok(request) => request.try_clone().map(Self::from),
            Err(error) => Some(Self(Err(Error::clone(error)))),
        }
    }

    pub(super) fn edit(self, change: impl FnOnce(api::ApiRequest) -> api::ApiRequest) -> Self {
        Self(self.0.map(change))
    }
}

/// Sending it.
impl ApiRequest {
    /// Sends it and returns the answer; its body has not been read yet.
    ///
    /// # Errors
    ///
    /// As [`ApiRequest::send`](api::ApiRequest::send).
    pub fn send(self) -> Result<ApiResponse> {
        wait(self.0?.send()).map(ApiResponse::new)
    }

    /// Sends it; where the API requires another login, or more scopes, `log_in` gets what it wants, and the request is sent once more with
    /// the credentials that `log_in` returns, as [`ApiRequest::send_with_step_up`](api::ApiRequest::send_with_step_up).
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send), and that of `log_in`.
    pub fn send_with_step_up<C: IntoCredentials>(
        self,
        log_in: impl FnOnce(StepUp) -> Result<C>,
    ) -> Result<ApiResponse> {
        wait(self.0?.send_with_step_up(async |step_up| log_in(step_up))).map(ApiResponse::new)
    }

    /// Sends it and reads the answer as JSON: `let invoice: Invoice = api.get("invoices/42").fetch()?`.
    ///
    /// # Errors
    ///
    /// As [`ApiRequest::fetch`](api::ApiRequest::fetch).
    pub fn fetch<T: DeserializeOwned>(self) -> Result<T> {
        wait(self.0?.fetch())
    }

    /// Sends it and reads the answer as text.
    ///
    /// # Errors
    ///
    /// As [`ApiRequest::fetch_text`](api::ApiRequest::fetch_text).
    pub fn fetch_text(self) -> Result<String> {
        wait(self.0?.fetch_text())
    }

    /// Sends it and reads the answer's bytes.
    ///
    /// # Errors
    ///
    /// As [`ApiRequest::fetch_bytes`](api::ApiRequest::fetch_bytes).
    pub fn fetch_bytes(self) -> Result<Bytes> {
        wait(self.0?.fetch_bytes())
    }

    /// Reads a list that comes in pages: an iterator of its items, which requests a page when its first item is asked for.
    ///
    /// ```no_run
    /// use grantkit::api::Pagination;
    ///
    /// # #[derive(serde::Deserialize)]
    /// # struct Invoice { id: String }
    /// # fn example(api: grantkit::integrations::blocking::ApiClient) -> grantkit::Result<()> {
    /// for invoice in api.get("invoices").paginate::<Invoice>(Pagination::link()) {
    ///     println!("{}", invoice?.id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn paginate<T: DeserializeOwned>(self, pagination: Pagination) -> Items<T> {
        Items::new(self.0.map(|request| request.paginate(pagination)))
    }
}

impl From<api::ApiRequest> for ApiRequest {
    fn from(request: api::ApiRequest) -> Self {
        Self(Ok(request))
    }
}
