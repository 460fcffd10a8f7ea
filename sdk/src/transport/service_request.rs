use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use super::{Answer, Repeat, Transport};
use crate::error::{Error, Fault, Result};
use crate::lenient::{self, NoObject};
use crate::token::AccessToken;
use crate::wire::{AddressScope, EndpointUrl, PlainHttp, header_secrets, read_failure};

/// A request to a service that has no OAuth endpoint but has to do with tokens: a cloud's metadata server, its token or key service.
///
/// It has the limits, retries and circuit breaker of a [`Transport`]. It spends nothing that can be spent once, so that it is sent again
/// after a lost connection; a `GET` after a status of 500 and above as well.
///
/// ```no_run
/// use grantkit::transport::ServiceRequest;
/// use serde_json::Value;
///
/// # async fn example() -> grantkit::Result<()> {
/// let answer = ServiceRequest::get("key service", "https://keys.example/v1/certs").send().await?;
/// let keys: Value = answer.success()?.json()?;
/// # Ok(())
/// # }
/// ```
#[must_use = "call `.send()`"]
pub struct ServiceRequest {
    service: Cow<'static, str>,
    url: String,
    method: Method,
    headers: HeaderMap,
    body: Result<Zeroizing<Vec<u8>>>,
    secrets: Vec<Zeroizing<String>>,
    plain_http: PlainHttp,
    timeout: Option<Duration>,
    transport: Option<Transport>,
    is_guarded: bool,
}

impl ServiceRequest {
    /// A `GET` request; `service` names what is asked in errors, as `metadata server`.
    pub fn get(service: impl Into<Cow<'static, str>>, url: impl Into<String>) -> Self {
        Self {
            service: service.into(),
            url: url.into(),
            method: Method::GET,
            headers: HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("application/json"))]),
            body: Ok(Zeroizing::default()),
            secrets: Vec::new(),
            plain_http: PlainHttp::LoopbackOnly,
            timeout: None,
            transport: None,
            is_guarded: false,
        }
    }

    /// Sends it by this method instead.
    pub fn method(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    /// Makes it a `POST` request with this as JSON; a value that cannot be written as JSON is an error of [`send`](Self::send).
    pub fn post_json<T: Serialize + ?Sized>(mut self, value: &T) -> Self {
        self.body = serde_json::to_vec(value).map(Zeroizing::new).map_err(|error| {
            Error::configuration(format!("the request to the {} cannot be written as JSON", self.service))
                .with_source(error)
        });
        self.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        self.method(Method::POST)
    }

    /// Makes it a `POST` request with these bytes.
    pub fn post_bytes(mut self, content_type: HeaderValue, body: impl Into<Vec<u8>>) -> Self {
        self.body = Ok(Zeroizing::new(body.into()));
        self.headers.insert(CONTENT_TYPE, content_type);
        self.method(Method::POST)
    }

    /// Sets a header, in place of one of the same name.
    ///
    /// No error shows its value, nor what stands behind a scheme such as `Bearer`, unless it is a header that is known to be plain
    /// (`Accept`) or shorter than eight characters; where that is a secret too, mark it by [`HeaderValue::set_sensitive`].
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// Presents an access token (RFC 6750 §2.1); no error shows it.
    pub fn bearer(mut self, token: &AccessToken) -> Self {
        self.headers.insert(AUTHORIZATION, token.header().clone());
        self.secret(token.secret())
    }

    /// Says that this is a secret of the request: no error shows it, not even where the service quotes it.
    pub fn secret(mut self, secret: &str) -> Self {
        self.secrets.push(Zeroizing::new(secret.to_owned()));
        self
    }

    /// Limits the time of the whole request, retries included; else each try has the limit of the transport.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }

    /// Sends it over this transport instead of the shared one.
    pub fn transport(mut self, transport: Transport) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Refuses an address of this machine or of a private network, also where a name is looked up to be one: for an address that another
    /// server has named, or a person (server-side request forgery).
    pub fn public_addresses_only(mut self) -> Self {
        self.is_guarded = true;
        self
    }

    /// Allows plain `http` to another machine, for a metadata server at an address that only the machine itself reaches: a link-local one
    /// is asked past every proxy. This gives up encryption: what is sent can be read and changed
    /// on its way.
    pub fn danger_allow_plain_http(mut self) -> Self {
        self.plain_http = PlainHttp::Anywhere;
        self
    }

    /// Refuses an address that it could not be sent to.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the URL is not `https`, or `http` on a loopback address.
    pub fn check(&self) -> Result<()> {
        EndpointUrl::parse(&self.service, &self.url, self.plain_http).map(drop)
    }

    /// Sends it and reads the whole answer, whatever its status.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check), or the error of the network.
    pub async fn send(self) -> Result<ServiceAnswer> {
        let url = EndpointUrl::parse(&self.service, &self.url, self.plain_http)?;
        let mut body = self.body?;
        let mut request = Request::new(std::mem::take(&mut *body));
        *request.uri_mut() = url.uri()?;
        let repeat = if self.method == Method::GET { Repeat::Idempotent } else { Repeat::AfterLoss };
        *request.method_mut() = self.method;
        let mut secrets = self.secrets;
        secrets.extend(header_secrets(&self.headers));
        *request.headers_mut() = self.headers;
        let transport = self.transport.map_or_else(Transport::shared, Ok)?;
        let transport = if self.is_guarded { transport.guarded(AddressScope::Public) } else { transport };
        let answer = transport.send(request, repeat);
        let answer = match self.timeout {
            Some(limit) => tokio::time::timeout(limit, answer).await.unwrap_or_else(|_| {
                let text = format!("the {} gave no answer within {limit:?}", self.service);
                Err(Error::new(Fault::Timeout, text))
            }),
            None => answer.await,
        }?;
        Ok(ServiceAnswer { service: self.service, answer, secrets })
    }
}

/// The answer to a [`ServiceRequest`]; its memory is wiped.
pub struct ServiceAnswer {
    service: Cow<'static, str>,
    answer: Answer,
    secrets: Vec<Zeroizing<String>>,
}

impl ServiceAnswer {
    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.answer.status()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.answer.headers()
    }

    /// The body.
    pub fn bytes(&self) -> &[u8] {
        self.answer.body()
    }

    /// The answer, where its status is one of success.
    ///
    /// # Errors
    ///
    /// As [`failure`](Self::failure).
    pub fn success(self) -> Result<Self> {
        if self.status().is_success() { Ok(self) } else { Err(self.failure()) }
    }

    /// The error of an answer that is no success: an OAuth error (RFC 6749 §5.2), or whatever else it says.
    pub fn failure(&self) -> Error {
        let (status, headers) = (self.answer.status(), self.answer.headers());
        let secrets = self.secrets.iter().map(|secret| secret.as_str());
        read_failure(&self.service, status, headers, self.answer.body(), secrets)
    }

    /// The body as text, without white space or a byte-order mark around it.
    ///
    /// # Errors
    ///
    /// [`is_invalid_response`](Error::is_invalid_response) where it is no UTF-8.
    pub fn text(&self) -> Result<&str> {
        std::str::from_utf8(lenient::without_bom(self.bytes())).map(str::trim).map_err(|_| self.invalid("no text"))
    }

    /// The body as a JSON object of this type. An array is no struct, here or within, though serde would take it for the fields in their
    /// order. The error does not quote it.
    ///
    /// # Errors
    ///
    /// [`is_invalid_response`](Error::is_invalid_response) where it is none.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        lenient::read_object(self.bytes()).map_err(|error| match error {
            NoObject::Other => self.invalid("not the JSON object that was expected"),
            NoObject::Unreadable(error) => {
                let (line, column) = (error.line(), error.column());
                self.invalid(&format!("not the JSON that was expected (line {line}, column {column})"))
            }
        })
    }

    fn invalid(&self, what: &str) -> Error {
        Error::invalid_response(format!("the answer of the {} is {what}: is the URL right?", self.service))
            .with_status(self.status())
    }
}

/// Without the address: its query may hold a secret.
impl fmt::Debug for ServiceRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceRequest")
            .field("service", &self.service)
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ServiceAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceAnswer")
            .field("service", &self.service)
            .field("status", &self.status())
            .finish_non_exhaustive()
    }
}
