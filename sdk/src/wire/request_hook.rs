use std::fmt;
use std::sync::Arc;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::Value;
use zeroize::Zeroizing;

use super::{EndpointUrl, Form, PlainHttp};
use crate::error::{Error, Result};
use crate::fingerprint::{Fingerprint, FunctionIdentity};

/// A request to an endpoint of the authorization server before it is sent, for a server that wants another one than the standard has:
/// see [`ClientBuilder::write_token_request`](crate::client::ClientBuilder::write_token_request).
///
/// It has its grant's parameters and the client's authentication. Parameters can be renamed, changed and removed; it is a form in a
/// POST request unless told otherwise. `Debug` shows the names of the parameters.
pub struct EndpointRequest {
    method: Method,
    /// In place of the endpoint's.
    url: Option<EndpointUrl>,
    parameters: Form,
    headers: HeaderMap,
    format: Format,
}

/// Where the parameters go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Form,
    Json,
    Query,
}

/// The parts of what is sent.
pub(crate) struct WrittenRequest {
    pub(crate) method: Method,
    /// Another than the endpoint's.
    pub(crate) url: Option<EndpointUrl>,
    pub(crate) headers: HeaderMap,
    pub(crate) query: Option<Zeroizing<String>>,
    pub(crate) body: Zeroizing<Vec<u8>>,
    pub(crate) parameters: Form,
}

impl EndpointRequest {
    pub(crate) fn new(parameters: Form, headers: HeaderMap) -> Self {
        Self { method: Method::POST, url: None, parameters, headers, format: Format::Form }
    }

    /// The value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.parameters.get(name)
    }

    /// Sets a parameter, in place of one of that name. Its value may appear in errors.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let name = name.into();
        self.parameters.remove(&name);
        self.parameters.push(name, value);
    }

    /// Sets a parameter, in place of one of that name, whose value no error shows.
    pub fn set_secret(&mut self, name: impl Into<String>, value: &str) {
        let name = name.into();
        self.parameters.remove(&name);
        self.parameters.push_secret(name, value);
    }

    /// Gives a parameter another name; a secret stays one.
    pub fn rename(&mut self, from: &str, to: &str) {
        self.parameters.rename(from, to);
    }

    /// Takes a parameter out.
    pub fn remove(&mut self, name: &str) {
        self.parameters.remove(name);
    }

    /// The headers as they are now, with that by which the client authenticates, if it is one.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Sets a header, whose value is taken for a secret.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the value cannot stand in a header.
    pub fn header(&mut self, name: HeaderName, value: &str) -> Result<()> {
        let mut header = HeaderValue::from_str(value).map_err(|_| {
            Error::configuration(format!("the header `{name}` of a request has a value that no header can have"))
        })?;
        header.set_sensitive(true);
        self.headers.insert(name, header);
        Ok(())
    }

    /// Takes a header out, such as `Authorization`.
    pub fn remove_header(&mut self, name: &HeaderName) {
        self.headers.remove(name);
    }

    /// A member of the token response that the request is about, beside the token: of a
    /// [revocation](crate::endpoint::Revocation::access_token_of), where the server wants to know more than which token. `None` where there
    /// is none, and where only the token is known.
    pub fn token_member(&self, name: &str) -> Option<&Value> {
        self.parameters.subject()?.extra().get(name)
    }

    /// Sends it to another address than the endpoint's: one of which a part is known with the request only. It is no place for what comes
    /// from others, unless it is encoded as a part of a path or query. Not with DPoP, whose proof is for the endpoint (RFC 9449 §4.2).
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it is not `https`, or `http` on a loopback address.
    pub fn send_to(&mut self, url: &str) -> Result<()> {
        self.url = Some(EndpointUrl::parse("address of a request", url, PlainHttp::LoopbackOnly)?);
        Ok(())
    }

    /// Sends it by another method than POST.
    pub fn method(&mut self, method: Method) {
        self.method = method;
    }

    /// Sends the parameters as a JSON object of strings instead of a form.
    pub fn as_json(&mut self) {
        self.format = Format::Json;
    }

    /// Sends the parameters in the query of the address instead of a form, as a GET request. Gives up that secrets stay out of the
    /// logs of servers and proxies.
    pub fn danger_in_query(&mut self) {
        self.format = Format::Query;
        self.method = Method::GET;
    }

    pub(crate) fn written(mut self) -> Result<WrittenRequest> {
        let parameters = self.parameters;
        let (body, query) = match self.format {
            Format::Form => (parameters.encode(), None),
            Format::Json => {
                self.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
                (parameters.encode_json()?, None)
            }
            Format::Query => {
                self.headers.remove(CONTENT_TYPE);
                let query = String::from_utf8(parameters.encode())
                    .map_err(|_| Error::configuration("the request's parameters cannot be written as a query"))?;
                (Vec::new(), Some(Zeroizing::new(query)))
            }
        };
        Ok(WrittenRequest {
            method: self.method,
            url: self.url,
            headers: self.headers,
            query,
            body: Zeroizing::new(body),
            parameters,
        })
    }
}

impl fmt::Debug for EndpointRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EndpointRequest")
            .field("method", &self.method)
            .field("parameters", &self.parameters.iter().map(|(name, ..)| name).collect::<Vec<_>>())
            .field("format", &self.format)
            .finish_non_exhaustive()
    }
}

type Change = dyn Fn(&mut EndpointRequest) -> Result<()> + Send + Sync;

/// What changes a request before it is sent, with what tells it from every other.
#[derive(Clone)]
pub(crate) struct RequestHook {
    identity: Fingerprint,
    change: Arc<Change>,
}

impl RequestHook {
    pub(crate) fn new(
        identity: impl FunctionIdentity,
        change: impl Fn(&mut EndpointRequest) -> Result<()> + Send + Sync + 'static,
    ) -> Self {
        Self { identity: Fingerprint::of_function(identity, &change), change: Arc::new(change) }
    }

    pub(crate) fn identity(&self) -> Fingerprint {
        self.identity
    }

    pub(crate) fn change(&self, request: &mut EndpointRequest) -> Result<()> {
        (self.change)(request)
    }
}

impl fmt::Debug for RequestHook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RequestHook").field(&self.identity).finish()
    }
}
