use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, Request};
use zeroize::Zeroizing;

use super::Identity;
use crate::error::{Error, Result};
use crate::transport::{Answer, Repeat, Transport, Tries};
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
    header_secrets: Vec<Zeroizing<String>>,
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
    ///
    /// The client authenticates anew each time that the request is sent: a server that answered 429 or 503 may have seen an
    /// assertion already, and takes none twice (RFC 7523 §3, `jti`).
    pub(crate) async fn post(&self, form: Form, repeat: Repeat) -> Result<Reply> {
        self.post_accepting("application/json", form, repeat).await
    }

    /// The same for an answer of another media type.
    pub(crate) async fn post_accepting(&self, accept: &'static str, form: Form, repeat: Repeat) -> Result<Reply> {
        self.identity.check()?;
        let transport = self.transport.as_ref().map_err(Clone::clone)?;
        let mut tries = Tries::new(repeat);
        loop {
            let mut form = form.clone();
            let mut headers = self.authenticate(&mut form).await?;
            headers.insert(ACCEPT, HeaderValue::from_static(accept));
            let header_secrets = header_secrets(self.identity.authentication().secret(), &headers);
            // Wiped when the try lets go of it: a form holds the client's secret.
            let mut request = Request::new(bytes::Bytes::from_owner(Zeroizing::new(form.encode())));
            *request.method_mut() = Method::POST;
            *request.uri_mut() = self.url.uri()?;
            *request.headers_mut() = headers;
            let outcome = transport.send_once(request).await;
            if !tries.again(&outcome).await {
                return Ok(Reply { answer: outcome?, secrets: form, header_secrets });
            }
        }
    }

    async fn authenticate(&self, form: &mut Form) -> Result<HeaderMap> {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        self.identity.authentication().authenticate(self.identity.client_id(), form, &mut headers).await?;
        Ok(headers)
    }
}

impl Reply {
    /// The secrets of the request.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> + Clone {
        self.secrets.secrets().chain(self.header_secrets.iter().map(|secret| secret.as_str()))
    }

    /// The error that the answer is.
    pub(crate) fn failure(&self, what: &str) -> Error {
        read_failure(what, self.answer.status(), self.answer.headers(), self.answer.body(), self.secrets())
    }
}

/// The secret in a header, as such and as it is written there.
fn header_secrets(secret: Option<&str>, headers: &HeaderMap) -> Vec<Zeroizing<String>> {
    let credentials = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.split_once(' '));
    let all = secret.into_iter().chain(credentials.map(|(_, credentials)| credentials));
    all.map(|secret| secret.to_owned().into()).collect()
}
