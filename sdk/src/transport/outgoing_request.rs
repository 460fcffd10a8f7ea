use std::borrow::Cow;

use bytes::Bytes;
use http::{HeaderMap, Method, Request};
use url::Url;
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::telemetry::Endpoint;
use crate::wire::EndpointUrl;

/// A request for one try, and what it is sent to, for telemetry.
pub(crate) struct OutgoingRequest<'a> {
    pub(super) request: reqwest::Request,
    /// Where it goes: the request itself is gone once it is sent.
    pub(super) url: Cow<'a, Url>,
    pub(super) endpoint: Endpoint,
}

impl<'a> OutgoingRequest<'a> {
    /// The body is wiped when the try lets go of it: it may hold a secret.
    pub(crate) fn new(
        endpoint: Endpoint,
        method: Method,
        url: Cow<'a, EndpointUrl>,
        headers: HeaderMap,
        body: Zeroizing<Vec<u8>>,
    ) -> Self {
        let url = match url {
            Cow::Borrowed(url) => Cow::Borrowed(url.url()),
            Cow::Owned(url) => Cow::Owned(url.into_url()),
        };
        let mut request = reqwest::Request::new(method, url.clone().into_owned());
        *request.headers_mut() = headers;
        *request.body_mut() = Some(Bytes::from_owner(body).into());
        Self { request, url, endpoint }
    }

    pub(crate) fn method(&self) -> &Method {
        self.request.method()
    }

    pub(crate) fn headers_mut(&mut self) -> &mut HeaderMap {
        self.request.headers_mut()
    }
}

impl TryFrom<Request<Bytes>> for OutgoingRequest<'_> {
    type Error = Error;

    fn try_from(request: Request<Bytes>) -> Result<Self> {
        let endpoint = Endpoint::of(&request);
        let request = reqwest::Request::try_from(request)
            .map_err(|error| Error::configuration("the request's URL cannot be used").with_source(error).not_sent())?;
        let url = Cow::Owned(request.url().clone());
        Ok(Self { request, url, endpoint })
    }
}
