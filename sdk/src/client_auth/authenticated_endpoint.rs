use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

use async_trait::async_trait;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use super::{AuthenticationRequest, ClientAuthentication, Identity};
use crate::error::{Error, Result};
use crate::fingerprint::{Fingerprint, Identified};
use crate::keys::dpop::{DPOP, DpopKey, ProofOfPossession, RequestFactory, nonce_asked_by_server, send_with_dpop};
use crate::telemetry::Endpoint;
use crate::transport::{Answer, OutgoingRequest, Repeat, Transport};
use crate::wire::{
    EndpointRequest, EndpointUrl, Form, FormLength, RequestHook, WrittenRequest, may_be_secret, read_failure,
    secrets_of_header,
};

const CLIENT_ID: &str = "client_id";

/// An endpoint of the authorization server that a client authenticates at: token, revocation, introspection, ….
#[derive(Clone, Debug)]
pub(crate) struct AuthenticatedEndpoint {
    url: EndpointUrl,
    identity: Identity,
    transport: Result<Transport>,
    called: Endpoint,
    /// Whether requests carry a proof of the client's key, where it has one.
    proves_possession: bool,
    /// What the program wants sent with each request; all of it marked as sensitive.
    headers: HeaderMap,
    /// What makes another request of it, for a server that is not as the standard has it.
    hook: Option<RequestHook>,
    /// What finds it, where the issuer alone is known; `url` and `identity` stand for it until then.
    finder: Option<Arc<dyn EndpointFinder>>,
    /// Where requests go wherever the others of the server are.
    elsewhere: Option<EndpointUrl>,
}

/// Finds an endpoint when there is a request to it.
#[async_trait]
pub(crate) trait EndpointFinder: fmt::Debug + Send + Sync {
    /// What it goes by, beside what stands for the endpoint until then.
    fn identity(&self) -> Fingerprint;

    async fn find(&self, which: Endpoint) -> Result<AuthenticatedEndpoint>;
}

/// What came back, with the secrets that the request carried, to be struck out of what is said about it.
pub(crate) struct Reply {
    pub(crate) answer: Answer,
    sent: SentRequest,
    /// How the client authenticated.
    authentication: Identified<dyn ClientAuthentication>,
    /// What is secret in the headers: looked for once an error is to be told.
    header_secrets: OnceLock<Vec<Zeroizing<String>>>,
}

/// What of a request was sent.
#[derive(Default)]
struct SentRequest {
    parameters: Form,
    /// Those that may have a secret.
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl AuthenticatedEndpoint {
    pub(crate) fn new(url: EndpointUrl, identity: Identity, transport: Result<Transport>) -> Self {
        Self {
            url,
            identity,
            transport,
            called: Endpoint::Other,
            proves_possession: false,
            headers: HeaderMap::new(),
            hook: None,
            finder: None,
            elsewhere: None,
        }
    }

    /// The same, which is found when there is a request to it.
    pub(crate) fn with_finder(self, finder: Arc<dyn EndpointFinder>) -> Self {
        Self { finder: Some(finder), ..self }
    }

    pub(crate) fn is_lazy(&self) -> bool {
        self.finder.is_some()
    }

    /// The endpoint itself.
    ///
    /// # Errors
    ///
    /// Why it could not be found.
    pub(crate) async fn found(&self) -> Result<Cow<'_, Self>> {
        let Some(finder) = &self.finder else { return Ok(Cow::Borrowed(self)) };
        let found = finder.find(self.called).await?;
        Ok(Cow::Owned(match &self.elsewhere {
            Some(url) => found.at(url.clone()),
            None => found,
        }))
    }

    /// Says which endpoint it is, for telemetry.
    pub(crate) fn with_endpoint_kind(self, called: Endpoint) -> Self {
        Self { called, ..self }
    }

    /// The same where tokens are bound to the client's key (RFC 9449 §5, §10.1).
    pub(crate) fn proving_possession(self) -> Self {
        Self { proves_possession: true, ..self }
    }

    /// The same with this function seeing each request before it is sent.
    pub(crate) fn with_hook(self, hook: Option<RequestHook>) -> Self {
        Self { hook, ..self }
    }

    /// The same at another address.
    pub(crate) fn at(self, url: EndpointUrl) -> Self {
        Self { elsewhere: Some(url.clone()), url, ..self }
    }

    /// The same with these headers in each request, beside those that authenticate the client.
    pub(crate) fn with_headers(mut self, headers: HeaderMap) -> Self {
        self.headers = headers;
        self.headers.values_mut().for_each(|value| value.set_sensitive(true));
        self
    }

    /// Its part of a token's identity: the server, the client, its authentication and the transport.
    pub(crate) fn fingerprint(&self) -> Fingerprint {
        let Self { url, identity, transport, called: _, proves_possession: _, headers, hook, finder, elsewhere: _ } =
            self;
        let builder = Fingerprint::builder()
            .parameter("url", url.as_str())
            .part("client", identity.fingerprint())
            .part("headers", Fingerprint::of_headers(headers));
        let builder = match hook {
            Some(hook) => builder.part("written by", hook.identity()),
            None => builder,
        };
        let builder = match finder {
            Some(finder) => builder.part("sought", finder.identity()),
            None => builder,
        };
        match transport {
            Ok(transport) => builder.part("transport", transport.identity()).build(),
            Err(error) => builder.local("transport", error.to_string()).build(),
        }
    }

    /// The same for a login, which is of no use without its refresh token, and which outlives the client's secret and this process.
    pub(crate) fn login_fingerprint(&self) -> Fingerprint {
        let Self {
            url,
            identity,
            transport: _,
            called: _,
            proves_possession: _,
            headers: _,
            hook,
            finder: _,
            elsewhere: _,
        } = self;
        let builder =
            Fingerprint::builder().parameter("url", url.as_str()).part("client", identity.login_fingerprint());
        match hook {
            // What it adds to a request, as a tenant, another login has otherwise.
            Some(hook) => builder.part("written by", hook.identity()).build(),
            None => builder.build(),
        }
    }

    /// What the program has asked of the server by changing each request to it; empty where it changes none.
    pub(crate) fn asked_by_hook(&self) -> String {
        self.hook.as_ref().map(|hook| hook.identity().to_string()).unwrap_or_default()
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
    /// assertion already, and takes none twice (RFC 7523 §3, `jti`). The same holds for the proof of its key, and where the
    /// server asks for a nonce in that: it has looked at nothing else, so that a code or a refresh token is as good as
    /// before, and the request is sent once more, whatever it spends (RFC 9449 §8).
    pub(crate) async fn post(&self, form: Form, repeat: Repeat) -> Result<Reply> {
        self.post_accepting("application/json", form, repeat).await
    }

    /// The same for an answer of another media type.
    pub(crate) async fn post_accepting(&self, accept: &'static str, form: Form, repeat: Repeat) -> Result<Reply> {
        self.found().await?.send(accept, form, repeat).await
    }

    async fn send(&self, accept: &'static str, form: Form, repeat: Repeat) -> Result<Reply> {
        self.identity.check()?;
        check_headers(&self.headers)?;
        check_headers(form.headers())?;
        if self.proves_possession {
            self.identity.check_dpop()?;
        }
        let transport = self.transport.as_ref().map_err(Clone::clone)?;
        let mut factory = PostFactory::new(self, form, accept);
        let proof = self.dpop().map(|key| ProofOfPossession { key, url: self.url.url(), token: None, asked_nonce });
        let answer = send_with_dpop(transport, repeat, proof, &mut factory).await?;
        Ok(Reply {
            answer,
            sent: factory.sent.unwrap_or_default(),
            authentication: self.identity.shared_authentication(),
            header_secrets: OnceLock::new(),
        })
    }

    /// The key that requests carry a proof of.
    pub(crate) fn dpop(&self) -> Option<&DpopKey> {
        self.identity.dpop().filter(|_| self.proves_possession)
    }

    async fn authenticate(&self, form: &mut Form) -> Result<HeaderMap> {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        let (client_id, endpoint) = (self.identity.client_id(), self.url.url());
        let mut request = AuthenticationRequest { client_id, endpoint, form, headers: &mut headers };
        self.identity.authentication().authenticate(&mut request).await?;
        // A request that has to name its client (RFC 9126 §2.1) does so itself, as does many a method.
        form.keep_last(CLIENT_ID);
        Ok(headers)
    }
}

/// Makes a request of a form, with the client's authentication anew each time.
struct PostFactory<'a> {
    endpoint: &'a AuthenticatedEndpoint,
    accept: &'static str,
    form: Form,
    /// How long the form is, where a request only adds to it: then `sent` has it, and no copy is made.
    length: Option<FormLength>,
    /// The last one.
    sent: Option<SentRequest>,
}

impl<'a> PostFactory<'a> {
    fn new(endpoint: &'a AuthenticatedEndpoint, form: Form, accept: &'static str) -> Self {
        let is_only_added_to = endpoint.hook.is_none() && !form.has(CLIENT_ID);
        let length = is_only_added_to.then(|| form.length());
        Self { endpoint, accept, form, length, sent: None }
    }

    fn next_form(&mut self) -> Form {
        match (self.length, self.sent.take()) {
            (Some(length), Some(SentRequest { mut parameters, .. })) => {
                parameters.truncate(length);
                parameters
            }
            (Some(_), None) => std::mem::take(&mut self.form),
            (None, _) => self.form.clone(),
        }
    }
}

impl RequestFactory for PostFactory<'_> {
    async fn request(&mut self) -> Result<OutgoingRequest<'_>> {
        let (endpoint, mut form) = (self.endpoint, self.next_form());
        let mut headers = endpoint.authenticate(&mut form).await?;
        // Those of one grant in place of those of all.
        let of_all = endpoint.headers.iter().filter(|(name, _)| !form.headers().contains_key(*name));
        for (name, value) in of_all.chain(form.headers()) {
            let mut value = value.clone();
            value.set_sensitive(true);
            headers.append(name.clone(), value);
        }
        headers.insert(ACCEPT, HeaderValue::from_static(self.accept));
        let mut draft = EndpointRequest::new(form, headers);
        if let Some(hook) = &endpoint.hook {
            hook.change(&mut draft)?;
        }
        let WrittenRequest { method, url, headers, query, body, parameters } = draft.written()?;
        if url.is_some() && endpoint.dpop().is_some() {
            return Err(Error::configuration(
                "a request with a proof of possession (DPoP) goes to its endpoint alone: leave out `send_to`",
            ));
        }
        let url = url.map_or(Cow::Borrowed(&endpoint.url), Cow::Owned);
        let url = match query {
            Some(query) => Cow::Owned(url.with_query(&query)),
            None => url,
        };
        let secret_headers = headers.iter().filter(|(name, value)| may_be_secret(name, value));
        let secret_headers = secret_headers.map(|(name, value)| (name.clone(), value.clone())).collect();
        self.sent = Some(SentRequest { parameters, headers: secret_headers });
        Ok(OutgoingRequest::new(endpoint.called, method, url, headers, body))
    }
}

fn asked_nonce(answer: &Answer) -> Option<&str> {
    nonce_asked_by_server(answer.status(), answer.headers(), answer.body())
}

impl Reply {
    /// A parameter of the request.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.sent.parameters.get(name)
    }

    /// The secrets of the request.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> + Clone {
        let of_headers = std::iter::once_with(move || self.header_secrets()).flatten().map(|secret| secret.as_str());
        self.sent.parameters.secrets().chain(self.authentication.secret()).chain(of_headers)
    }

    fn header_secrets(&self) -> &[Zeroizing<String>] {
        let headers = &self.sent.headers;
        let secrets = || headers.iter().flat_map(|(name, value)| secrets_of_header(name, value)).collect();
        self.header_secrets.get_or_init(secrets)
    }

    /// The error that the answer is.
    pub(crate) fn failure(&self, what: &str) -> Error {
        let (status, headers) = (self.answer.status(), self.answer.headers());
        self.explained(read_failure(what, status, headers, self.answer.body(), self.secrets()))
    }

    /// With what to try next, where it is the client's authentication that was refused.
    pub(crate) fn explained(&self, error: Error) -> Error {
        if error.oauth_code() == Some("invalid_client") && self.authentication.method() == "client_secret_basic" {
            return error.with_cure(
                "the secret was sent by `client_secret_basic`: some servers announce that and read the request's body only, so try \
                 `client_secret_post` next",
            );
        }
        error
    }
}

/// Refuses a header that is the SDK's to set.
fn check_headers(headers: &HeaderMap) -> Result<()> {
    let own = [ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST, TRANSFER_ENCODING, DPOP];
    match own.iter().find(|name| headers.contains_key(*name)) {
        Some(name) => Err(Error::configuration(format!(
            "the header `{name}` of token requests is set by the SDK, from what the client is: leave it out of \
             `token_request_header` and of the grant's `header`"
        ))),
        None => Ok(()),
    }
}
