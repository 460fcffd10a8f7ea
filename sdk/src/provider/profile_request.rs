use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::Value;
use zeroize::Zeroizing;

use super::{Answers, Selector};
use crate::client::Client;
use crate::error::{Challenge, Error, Result};
use crate::keys::dpop::{ProofOfPossession, RequestFactory, nonce_asked_by_api, send_with_dpop};
use crate::lenient;
use crate::telemetry::Endpoint;
use crate::token::{OAuthToken, TokenType};
use crate::transport::{OutgoingRequest, Repeat};
use crate::wire::{EndpointUrl, PlainHttp, header_secrets, read_failure};

/// A request for what a provider's API says of the person whose token it is, answered with JSON.
///
/// ```
/// use grantkit::provider::ProfileRequest;
///
/// let request = ProfileRequest::get("https://api.linear.app/graphql")?
///     .post_json(r#"{"query":"{ viewer { id email name } }"}"#);
/// # let _ = request;
/// # Ok::<(), grantkit::Error>(())
/// ```
#[derive(Clone)]
#[must_use = "give it to `ProfileMapping::new(..)`"]
pub struct ProfileRequest {
    method: Method,
    url: EndpointUrl,
    headers: HeaderMap,
    body: Cow<'static, str>,
    token: TokenPlace,
    /// Of the profile, at the end of the path.
    member: Option<Cow<'static, str>>,
}

/// Where the token goes.
#[derive(Clone, Debug)]
enum TokenPlace {
    Authorization {
        scheme: Cow<'static, str>,
    },
    Header(HeaderName),
    Query(Cow<'static, str>),
    Form(Cow<'static, str>),
    /// In the URL, where this stands.
    Path,
    Nowhere,
}

impl ProfileRequest {
    /// A GET request with a bearer token.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the URL is not `https`, or `http` on a loopback address.
    pub fn get(url: &str) -> Result<Self> {
        Ok(Self {
            method: Method::GET,
            url: EndpointUrl::parse("profile endpoint", url, PlainHttp::LoopbackOnly)?,
            headers: HeaderMap::new(),
            body: Cow::Borrowed(""),
            token: TokenPlace::Authorization { scheme: Cow::Borrowed("Bearer") },
            member: None,
        })
    }

    /// The same as a POST request without a body.
    pub fn post(mut self) -> Self {
        self.method = Method::POST;
        self
    }

    /// The same as a POST request with this JSON.
    pub fn post_json(mut self, json: impl Into<Cow<'static, str>>) -> Self {
        self.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        self.body = json.into();
        self.post()
    }

    /// The same as a POST request with this form, which is encoded already.
    pub fn post_form(mut self, form: impl Into<Cow<'static, str>>) -> Self {
        self.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        self.body = form.into();
        self.post()
    }

    /// Sets a header.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// Sends the token in `Authorization` behind this word instead of `Bearer`; by itself where it is empty.
    pub fn scheme(mut self, scheme: impl Into<Cow<'static, str>>) -> Self {
        self.token = TokenPlace::Authorization { scheme: scheme.into() };
        self
    }

    /// Sends the token in this header by itself.
    pub fn token_header(mut self, name: HeaderName) -> Self {
        self.token = TokenPlace::Header(name);
        self
    }

    /// Sends the token in the query, under this name, for an API that takes it nowhere else. Gives up that it stays out of the logs of
    /// servers and proxies.
    pub fn danger_token_in_query(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.token = TokenPlace::Query(name.into());
        self
    }

    /// Sends the token in a form under this name, beside what [`post_form`](Self::post_form) has.
    pub fn token_in_form(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.token = TokenPlace::Form(name.into());
        self
    }

    /// Adds a member of the profile to the path, for a [second request](super::ProfileMapping::second_request): of `https://api.example/users` and the
    /// [`Selector`] `/id` it makes `https://api.example/users/42`.
    pub fn profile_segment(mut self, selector: impl Into<Cow<'static, str>>) -> Self {
        self.member = Some(selector.into());
        self
    }

    /// With what the profile says put into the path; `None` if it does not say it.
    pub(super) fn after(&self, answers: Answers<'_>) -> Result<Option<Cow<'_, Self>>> {
        let Some(member) = &self.member else { return Ok(Some(Cow::Borrowed(self))) };
        let Some(value) = Selector::parse(member)?.text(answers) else { return Ok(None) };
        let mut url = self.url.url().clone();
        // Those have segments: the scheme is http or https.
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().push(&value);
        }
        Ok(Some(Cow::Owned(Self { url: EndpointUrl::checked(&url), member: None, ..self.clone() })))
    }

    /// Sends the token in the path, where `{access_token}` stands in it, for an API that takes it nowhere else. Gives up that it stays out
    /// of the logs of servers and proxies.
    pub fn danger_token_in_path(mut self) -> Self {
        self.token = TokenPlace::Path;
        self
    }

    /// Sends no token.
    pub fn without_token(mut self) -> Self {
        self.token = TokenPlace::Nowhere;
        self
    }

    /// What the API says; the client's is the way there, and the key that the token may be bound to.
    pub(super) async fn send(&self, client: &Client, token: &OAuthToken) -> Result<Value> {
        if !matches!(self.token, TokenPlace::Nowhere) && token.is_expired(Duration::ZERO) {
            return Err(Error::token_expired("has expired, and was not sent to the profile endpoint").not_sent());
        }
        let key = match token.token_type() {
            TokenType::Bearer => None,
            TokenType::DPoP => Some(client.dpop_key().ok_or_else(|| {
                Error::configuration(
                    "the token is bound to a key (DPoP), and the client has none: call `.dpop(..)` on its builder",
                )
            })?),
        };
        let proof = key.map(|key| ProofOfPossession {
            key,
            url: self.url.url(),
            token: Some(token.access_token()),
            asked_nonce: |answer| nonce_asked_by_api(answer.status(), answer.headers()),
        });
        let mut factory = Factory { request: self, token };
        let answer = send_with_dpop(client.transport()?, Repeat::Idempotent, proof, &mut factory).await?;
        if !answer.status().is_success() {
            let own = header_secrets(&self.headers);
            let secrets =
                std::iter::once(token.access_token().secret()).chain(own.iter().map(|secret| secret.as_str()));
            let (status, headers) = (answer.status(), answer.headers());
            let failure = read_failure("profile endpoint", status, headers, answer.body(), secrets.clone());
            return Err(failure.with_challenges(Challenge::without_secrets(headers, secrets)));
        }
        // serde's own message can quote what is personal.
        lenient::read_json(answer.body()).map_err(|_| {
            Error::invalid_response("the answer of the profile endpoint is not valid JSON: is the URL right?")
                .with_status(answer.status())
        })
    }
}

struct Factory<'a> {
    request: &'a ProfileRequest,
    token: &'a OAuthToken,
}

impl RequestFactory for Factory<'_> {
    async fn request(&mut self) -> Result<OutgoingRequest<'_>> {
        let ProfileRequest { method, url, headers, body, token, member: _ } = self.request;
        let secret = self.token.access_token().secret();
        let mut body = Zeroizing::new(body.as_bytes().to_vec());
        if let TokenPlace::Form(name) = token {
            let start = String::from_utf8_lossy(&body).into_owned();
            let form = form_urlencoded::Serializer::new(start).append_pair(name, secret).finish();
            body = Zeroizing::new(form.into_bytes());
        }
        let mut headers = headers.clone();
        headers.entry(ACCEPT).or_insert(HeaderValue::from_static("application/json"));
        let mut address = None;
        match token {
            TokenPlace::Authorization { scheme } if scheme == "Bearer" => {
                headers.insert(AUTHORIZATION, self.token.authorization_header());
            }
            TokenPlace::Authorization { scheme } if scheme.is_empty() => {
                headers.insert(AUTHORIZATION, sensitive(secret)?);
            }
            TokenPlace::Path => address = Some(url.with_segment("{access_token}", secret)?),
            TokenPlace::Form(_) | TokenPlace::Nowhere => {}
            TokenPlace::Authorization { scheme } => {
                headers.insert(AUTHORIZATION, sensitive(&format!("{scheme} {secret}"))?);
            }
            TokenPlace::Header(name) => {
                headers.insert(name, sensitive(secret)?);
            }
            TokenPlace::Query(name) => {
                let pair = form_urlencoded::Serializer::new(String::new()).append_pair(name, secret).finish();
                address = Some(url.with_query(&pair));
            }
        }
        let url = address.map_or(Cow::Borrowed(url), Cow::Owned);
        Ok(OutgoingRequest::new(Endpoint::Userinfo, method.clone(), url, headers, body))
    }
}

fn sensitive(value: &str) -> Result<HeaderValue> {
    let mut header = HeaderValue::from_str(value)
        .map_err(|_| Error::invalid_response("the access token has characters that cannot stand in a header"))?;
    header.set_sensitive(true);
    Ok(header)
}

impl fmt::Debug for ProfileRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProfileRequest")
            .field("method", &self.method)
            .field("url", &self.url.as_str())
            .field("token", &self.token)
            .finish_non_exhaustive()
    }
}
