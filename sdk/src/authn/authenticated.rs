use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, Request};

use super::Identity;
use crate::error::{Error, Result};
use crate::transport::{Answer, Repeat, Transport};
use crate::wire::{EndpointUrl, Form, read_failure};

/// An endpoint of the authorization server that a client authenticates at: token, revocation, introspection, ….
#[derive(Clone, Debug)]
pub(crate) struct Authenticated {
    url: EndpointUrl,
    identity: Identity,
    transport: Result<Transport>,
}

/// What came back, with the secrets that the request carried, to be struck out of what is said about it.
pub(crate) struct Reply {
    pub(crate) answer: Answer,
    secrets: Form,
    header_secret: Option<zeroize::Zeroizing<String>>,
}

impl Authenticated {
    pub(crate) fn new(url: EndpointUrl, identity: Identity, transport: Result<Transport>) -> Self {
        Self { url, identity, transport }
    }

    pub(crate) fn url(&self) -> &EndpointUrl {
        &self.url
    }

    pub(crate) fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Posts a form with the client's authentication.
    pub(crate) async fn post(&self, mut form: Form, repeat: Repeat) -> Result<Reply> {
        self.identity.check()?;
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        let authentication = self.identity.authentication();
        authentication.authenticate(self.identity.client_id(), &mut form, &mut headers).await?;
        let mut request = Request::new(form.encode());
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.url.uri()?;
        *request.headers_mut() = headers;
        let answer = self.transport.as_ref().map_err(Clone::clone)?.send(request, repeat).await?;
        let header_secret = authentication.secret().map(|secret| secret.to_owned().into());
        Ok(Reply { answer, secrets: form, header_secret })
    }
}

impl Reply {
    /// The secrets of the request.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> + Clone {
        self.secrets.secrets().chain(self.header_secret.as_deref().map(String::as_str))
    }

    /// The error that the answer is.
    pub(crate) fn failure(&self, what: &str) -> Error {
        read_failure(what, self.answer.status(), self.answer.headers(), self.answer.body(), self.secrets())
    }
}
