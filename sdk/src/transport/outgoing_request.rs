use bytes::Bytes;
use http::{HeaderMap, Method, Request};
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::telemetry::Endpoint;
use crate::wire::EndpointUrl;

/// A request for one try, and what it is sent to, for telemetry.
pub(crate) struct OutgoingRequest {
    pub(super) request: reqwest::Request,
    pub(super) endpoint: Endpoint,
}

impl OutgoingRequest {
    /// The body is wiped when the try lets go of it: it may hold a secret.
    pub(crate) fn new(
        endpoint: Endpoint,
        method: Method,
        url: &EndpointUrl,
        headers: HeaderMap,
        body: Zeroizing<Vec<u8>>,
    ) -> Self {
        let mut request = reqwest::Request::new(method, url.url().clone());
        *request.headers_mut() = headers;
        *request.body_mut() = Some(Bytes::from_owner(body).into());
        Self { request, endpoint }
    }

    pub(crate) fn method(&self) -> &Method {
        self.request.method()
    }

    pub(crate) fn headers_mut(&mut self) -> &mut HeaderMap {
        self.request.headers_mut()
    }
}

impl TryFrom<Request<Bytes>> for OutgoingRequest {
    type Error = Error;

    fn try_from(request: Request<Bytes>) -> Result<Self> {
        let endpoint = Endpoint::of(&request);
        let request = reqwest::Request::try_from(request)
            .map_err(|error| Error::configuration("the request's URL cannot be used").with_source(error).not_sent())?;
        Ok(Self { request, endpoint })
    }
}
