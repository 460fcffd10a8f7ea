use std::fmt;

use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request};

use super::token_endpoint::bearer_only;
use crate::error::Result;
use crate::fingerprint::{Fingerprint, FunctionIdentity, Numbered};
use crate::telemetry::Endpoint;
use crate::token::OAuthToken;
use crate::transport::{Repeat, Transport};
use crate::wire::{AnswerHook, AnswerRules, EndpointUrl, Form, PlainHttp, TokenAnswer, header_secrets, read_token};

/// A token request in JSON, for providers whose token service is not quite OAuth.
///
/// It has the same limits as every other token request, and its answer is read in the same way. It has no DPoP proof: a token that is
/// bound to a key is refused.
///
/// ```no_run
/// use grantkit::grant::JsonTokenRequest;
///
/// # async fn example(api_token: &str) -> grantkit::Result<()> {
/// let request = JsonTokenRequest::new("https://api.example/v1/access-tokens")?.secret_member("api_token", api_token);
/// let token = request.get_token().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "call `.get_token()`"]
pub struct JsonTokenRequest {
    url: EndpointUrl,
    headers: HeaderMap,
    members: Form,
    repeat: Repeat,
    rules: AnswerRules,
    transport: Option<Transport>,
}

impl JsonTokenRequest {
    /// Creates a POST request with an empty object.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) where the URL is not `https`, or `http` on a loopback address.
    pub fn new(url: &str) -> Result<Self> {
        let mut headers = HeaderMap::new();
        let json = HeaderValue::from_static("application/json");
        headers.insert(ACCEPT, json.clone());
        headers.insert(CONTENT_TYPE, json);
        let url = EndpointUrl::parse("token endpoint", url, PlainHttp::LoopbackOnly)?;
        Ok(Self {
            url,
            headers,
            members: Form::new(),
            repeat: Repeat::Never,
            rules: AnswerRules::default(),
            transport: None,
        })
    }

    /// Adds a member to the object.
    pub fn member(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.members.push(name.into(), value);
        self
    }

    /// Adds a secret member: no error shows it, not even if the server quotes it.
    pub fn secret_member(mut self, name: impl Into<String>, value: &str) -> Self {
        self.members.push_secret(name.into(), value);
        self
    }

    /// Sets a header, whose value is taken for a secret: all of it, and what stands behind a scheme such as `Bearer`.
    pub fn header(mut self, name: HeaderName, mut value: HeaderValue) -> Self {
        value.set_sensitive(true);
        self.headers.insert(name, value);
        self
    }

    /// Declares the request idempotent: it spends nothing single-use, so that it may be sent again where the server said
    /// that it did nothing: 429 and 503 with `Retry-After`.
    pub fn repeatable(mut self) -> Self {
        self.repeat = Repeat::WhenRefused;
        self
    }

    /// Sets a function that rewrites the answer before it is read: see
    /// [`ClientBuilder::read_token_answer`](crate::client::ClientBuilder::read_token_answer).
    pub fn read_token_answer(
        mut self,
        identity: impl FunctionIdentity,
        change: impl Fn(&mut TokenAnswer) -> Result<()> + Send + Sync + 'static,
    ) -> Self {
        self.rules.hook = Some(AnswerHook::new(identity, change));
        self
    }

    /// Accepts a token with this `token_type` as a bearer token, without regard to case; may be repeated. Gives up that a token
    /// of a kind that this crate does not know is never sent (RFC 6749 §7.1).
    pub fn danger_accept_token_type(mut self, token_type: impl Into<String>) -> Self {
        self.rules.token_types.accept(token_type);
        self
    }

    /// Accepts a token without a `token_type` as a bearer token. Gives up that the server has to say what it issued (RFC 6749
    /// §5.1).
    pub fn danger_accept_missing_token_type(mut self) -> Self {
        self.rules.token_types.accept_missing();
        self
    }

    /// Sends it over this transport instead of the shared one.
    pub fn transport(mut self, transport: Transport) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Requests one token now, without the cache. The members of the answer that OAuth does not know are in its
    /// [`extra`](OAuthToken::extra).
    ///
    /// # Errors
    ///
    /// The error of the server or the network.
    pub async fn get_token(&self) -> Result<OAuthToken> {
        let mut request = Request::new(self.members.encode_json()?);
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.url.uri()?;
        *request.headers_mut() = self.headers.clone();
        Endpoint::Token.mark(&mut request);
        let transport = self.transport.clone().map_or_else(Transport::shared, Ok)?;
        let answer = transport.send(request, self.repeat).await?;
        let of_headers = header_secrets(&self.headers);
        let secrets = self.members.secrets().chain(of_headers.iter().map(|secret| secret.as_str()));
        let (status, headers) = (answer.status(), answer.headers());
        bearer_only(read_token(status, headers, answer.body(), secrets, &self.rules, OAuthToken::read)?)
    }

    /// The identity of this request's token: the URL, the members and the headers, secret ones by their digest, and the
    /// transport.
    pub fn fingerprint(&self) -> Fingerprint {
        let Self { url, headers, members, repeat: _, rules, transport } = self;
        let mut numbered = Numbered::default();
        let all = members.iter().fold(Fingerprint::builder(), |all, (name, value, is_secret)| {
            let name = numbered.next(name);
            if is_secret { all.secret(name, value) } else { all.parameter(name, value) }
        });
        let mut whole = Fingerprint::builder()
            .parameter("token_endpoint", url.as_str())
            .part("members", all.build())
            .part("headers", Fingerprint::of_headers(headers))
            .part("answers", rules.fingerprint(Fingerprint::builder()).build());
        if let Some(transport) = transport {
            whole = whole.part("transport", transport.identity());
        }
        whole.build()
    }
}

impl fmt::Debug for JsonTokenRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonTokenRequest")
            .field("url", &self.url.as_str())
            .field("members", &self.members)
            .finish_non_exhaustive()
    }
}
