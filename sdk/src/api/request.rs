mod bodies;
#[cfg(feature = "multipart")]
mod multipart;
mod retries;
mod sending;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use reqwest::{Body, Request};
use serde::Serialize;
use url::Url;

use super::builder;
use super::client::Shared;
use super::fields::Fields;
use super::options::Options;
use crate::credentials::IntoCredentials;
use crate::error::{Error, Result};

/// A request to an API, authorised when it is sent; made by [`ApiClient`](super::ApiClient).
///
/// The names are those of reqwest. `.await` on it, or [`send`](Self::send), sends it and returns the answer, an [`ApiResponse`](super::ApiResponse);
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
    accept: &'static str,
    /// None of most.
    options: Option<Box<Options>>,
}

/// How the answer will be read is not known.
const PREFERS_JSON: &str = "application/json, */*;q=0.5";

/// Its parts.
impl ApiRequest {
    pub(super) fn new(client: Arc<Shared>, method: Method, url: Result<Url>) -> Self {
        let error_for_status = client.settings.error_for_status;
        let request = url.map(|url| Request::new(method, url));
        Self { client, request, error_for_status, accept: PREFERS_JSON, options: None }
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
            accept: self.accept,
            options: self.options.clone(),
        })
    }

    /// Sends it with these credentials in place of the client's.
    pub fn with_credentials(mut self, credentials: impl IntoCredentials) -> Self {
        let credentials = credentials.into_credentials();
        self.client = Arc::new(Shared { credentials, ..Shared::clone(&self.client) });
        self
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
