use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;

use futures_core::Stream;
use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue, Method};
use rmcp::model::ClientJsonRpcMessage;
use rmcp::transport::streamable_http_client::{
    AuthRequiredError, SseError, StreamableHttpClient, StreamableHttpError, StreamableHttpPostResponse,
    StreamableHttpResponseLimits,
};
use sse_stream::Sse;
use url::Url;

use super::log_in::{Current, LogIn};
use super::nonces::Nonces;
use super::refusal::{Refusal, without_token};
use crate::credentials::{AuthorizationHeaders, Credentials, Disposition, IntoCredentials};
use crate::error::{Error, ErrorKind, Result};
use crate::integrations::authorizer::{Authorizer, Exchange, Resend};
use crate::keys::dpop::DPOP;
use crate::wire::secrets_of_header;

/// rmcp's error, and the refusal that it is, where it is one.
type Refused<E> = (StreamableHttpError<E>, Option<Box<Refusal>>);
type Headers = HashMap<HeaderName, HeaderValue>;
type Outcome<T, C> = std::result::Result<T, StreamableHttpError<<C as StreamableHttpClient>::Error>>;
type Events = Pin<Box<dyn Stream<Item = std::result::Result<Sse, SseError>> + Send>>;

/// Authorises the requests of an MCP client that go to its server's URL and below it.
///
/// - Each request gets the token in its headers, in place of the transport's `auth_header`; one that is bound to a key (DPoP, RFC 9449) goes
///   with a proof. Where the server asks for a nonce in it, which rmcp does not show, one is asked for by a `HEAD` request. A request
///   elsewhere goes on as it is.
/// - If the server rejects the token (401), it is refreshed once for all requests, and the request is sent once more.
/// - If it requires more scopes or a stronger login, or the login is over, [`on_login_required`](Self::on_login_required) gets one, and the
///   request is sent once more.
/// - Redirects are followed by `http`: give it none to follow (`reqwest::redirect::Policy::none()`), as MCP's endpoint is one URL.
///
/// # Errors
///
/// `StreamableHttpError::AuthRequired` and `InsufficientScope` are those of the server. Where there is no token, `Io` has the
/// [`Error`]: `io_error.get_ref()` is it.
#[derive(Clone)]
pub struct AuthorizedClient<C> {
    http: C,
    authorizer: Authorizer,
    current: Arc<Current>,
    nonces: Nonces,
}

impl<C> AuthorizedClient<C> {
    /// Authorises the requests of `http` to `url`, that of the MCP server, and below it.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) where `url` is no `https` URL (or `http` on a loopback address), or has a user, a
    /// query or a fragment.
    pub fn new(http: C, url: &str, credentials: impl IntoCredentials) -> Result<Self> {
        Ok(Self::with(http, Authorizer::new(url, credentials)?, Nonces::default()))
    }

    /// The same for a URL of plain `http` on any host: an attacker on the network can read the token, and use it.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn danger_allow_plain_http(http: C, url: &str, credentials: impl IntoCredentials) -> Result<Self> {
        let nonces = Nonces { allows_plain_http: true, http: None };
        Ok(Self::with(http, Authorizer::danger_allow_plain_http(url, credentials)?, nonces))
    }

    fn with(http: C, authorizer: Authorizer, nonces: Nonces) -> Self {
        let current = Arc::new(Current::new(authorizer.credentials().clone(), None));
        Self { http, authorizer, current, nonces }
    }

    /// Asks for DPoP nonces by this client, in place of one of the crate's: for a server that is reached by a proxy, or with certificates of
    /// its own.
    #[must_use]
    pub fn nonce_client(mut self, http: reqwest::Client) -> Self {
        self.nonces.http = Some(http);
        self
    }

    /// Sets what gets another login: the returned credentials take the place of the earlier ones, for all clones of this client. It is
    /// called once for all requests that wait for it, when the server requires it ([`Error::step_up`](crate::Error::step_up)) or the login is
    /// over ([`needs_login`](crate::Error::needs_login)); an error of it is the error of these requests. It runs to its end where they are given
    /// up, and no more than three times a minute: a server that goes on asking is answered by its refusal.
    ///
    /// ```no_run
    /// use std::sync::Arc;
    ///
    /// use grantkit::prelude::*;
    /// use grantkit::resource_access::ResourceAccess;
    /// use tokio::sync::Mutex;
    ///
    /// // `port` is `listener.port()` of the first login: those that follow have its redirect URI.
    /// # fn example<H>(client: grantkit::integrations::rmcp::AuthorizedClient<H>, access: ResourceAccess, port: u16)
    /// #     -> grantkit::integrations::rmcp::AuthorizedClient<H> {
    /// let access = Arc::new(Mutex::new(access));
    /// client.on_login_required(move |error| {
    ///     let access = Arc::clone(&access);
    ///     async move {
    ///         let login = access.lock().await.step_up(&error)?.ok_or(error)?;
    ///         let listener = LoopbackListener::builder().port(port).bind().await?;
    ///         let login = login.native(listener).or_show(|url| eprintln!("Open {url}")).await?;
    ///         login.credentials("tools").await
    ///     }
    /// })
    /// # }
    /// ```
    pub fn on_login_required<F, N>(mut self, log_in: impl Fn(Error) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<N>> + Send + 'static,
        N: IntoCredentials,
    {
        self.current = Arc::new(Current::new(self.credentials(), Some(LogIn::new(log_in))));
        self
    }

    /// The credentials that its token comes from: those of the last login.
    pub fn credentials(&self) -> Credentials {
        Credentials::clone(&self.current.credentials())
    }
}

impl<C: StreamableHttpClient + Sync> AuthorizedClient<C> {
    /// Sends a request, with its headers, as often as its authorisation takes.
    async fn authorised<T, F>(
        &self,
        method: Method,
        uri: &str,
        request: Sent,
        send: impl Fn(Sent) -> F,
    ) -> Outcome<T, C>
    where
        F: Future<Output = Outcome<T, C>>,
    {
        let Some(url) = Url::parse(uri).ok().filter(|url| self.authorizer.base().covers(url)) else {
            return send(request).await;
        };
        let began = Instant::now();
        let target = Target { method, url, headers: request.headers };
        let first = self.current.credentials();
        let (error, refused) = match target.send(&first, &self.nonces, &send).await {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err((refused, refusal))) => match refusal.map(|refusal| refusal.to_error()) {
                Some(error) if error.step_up().is_some() => (error, refused),
                _ => return Err(refused),
            },
            Err(error) if error.needs_login() => (error.clone(), without_token(error)),
            Err(error) => return Err(without_token(error)),
        };
        match self.current.log_in(&first, began, error).await {
            Ok(Some(other)) => match target.send(&other, &self.nonces, &send).await {
                Ok(outcome) => outcome.map_err(|(refused, _)| refused),
                Err(error) => Err(without_token(error)),
            },
            Ok(None) => Err(refused),
            Err(error) => Err(without_token(error)),
        }
    }

    /// As [`authorised`](Self::authorised), for a stream of events: rmcp opens it again after errors other than a refusal, which is no
    /// use where a person or operator has to act.
    async fn authorised_stream<F>(&self, uri: &str, request: Sent, send: impl Fn(Sent) -> F) -> Outcome<Events, C>
    where
        F: Future<Output = Outcome<Events, C>>,
    {
        self.authorised(Method::GET, uri, request, send).await.map_err(|error| match error {
            StreamableHttpError::Io(cause) if is_final(&cause) => {
                StreamableHttpError::AuthRequired(AuthRequiredError::new("Bearer".to_owned()))
            }
            other => other,
        })
    }
}

fn is_final(error: &std::io::Error) -> bool {
    let error = error.get_ref().and_then(|error| error.downcast_ref::<Error>());
    let kind = error.map(Error::kind);
    matches!(kind, Some(ErrorKind::LoginRequired | ErrorKind::Denied | ErrorKind::Configuration))
}

/// How a request is authorised: by rmcp's own header, or by those that it knows nothing of.
struct Sent {
    auth_header: Option<String>,
    headers: Headers,
}

/// A request that is sent with one credential, and with another after a login.
struct Target {
    method: Method,
    url: Url,
    headers: Headers,
}

impl Target {
    /// The outer error is of the token; the inner one has the refusal that it is, where it is one.
    async fn send<T, E, F>(
        &self,
        credentials: &Credentials,
        nonces: &Nonces,
        send: &impl Fn(Sent) -> F,
    ) -> Result<std::result::Result<T, Refused<E>>>
    where
        E: std::error::Error + Send + Sync + 'static,
        F: Future<Output = std::result::Result<T, StreamableHttpError<E>>>,
    {
        let mut exchange = Exchange::new(credentials, credentials.headers_for(&self.method, &self.url).await?);
        let mut asked_for_nonce = false;
        loop {
            let mut error = match send(self.with(exchange.sent())).await {
                Ok(answer) => return Ok(Ok(answer)),
                Err(error) => error,
            };
            let secrets = || {
                let headers = self.with(exchange.sent()).headers;
                headers.iter().flat_map(|(name, value)| secrets_of_header(name, value)).collect()
            };
            let Some(refusal) = Refusal::of(&mut error, secrets) else { return Ok(Err((error, None))) };
            let (status, headers) = (refusal.status, &refusal.headers);
            let Some(disposition) = exchange.rejection(status, headers) else {
                return Ok(Err((error, Some(Box::new(refusal)))));
            };
            if disposition == Disposition::NonceAsked && !asked_for_nonce {
                asked_for_nonce = true;
                nonces.fetch(credentials, &self.url).await;
                exchange.replace(credentials.headers_for(&self.method, &self.url).await?);
                continue;
            }
            let again = Resend { request: (), method: self.method.clone(), url: self.url.clone() };
            if exchange.renew(disposition, status, headers, Some(again)).await?.is_none() {
                return Ok(Err((error, Some(Box::new(refusal)))));
            }
        }
    }

    fn with(&self, authorization: &AuthorizationHeaders) -> Sent {
        let mut headers = self.headers.clone();
        for (name, value) in authorization.clone() {
            if name == AUTHORIZATION || name == DPOP {
                headers.insert(name, value);
            } else {
                headers.entry(name).or_insert(value);
            }
        }
        Sent { auth_header: None, headers }
    }
}

/// `auth_header` is that of the transport's configuration, which these credentials replace.
impl<C: StreamableHttpClient + Sync> StreamableHttpClient for AuthorizedClient<C> {
    type Error = C::Error;

    async fn post_message(
        &self,
        uri: Arc<str>,
        message: ClientJsonRpcMessage,
        session_id: Option<Arc<str>>,
        auth_header: Option<String>,
        custom_headers: Headers,
    ) -> Outcome<StreamableHttpPostResponse, C> {
        let limits = StreamableHttpResponseLimits::default();
        self.post_message_with_response_limits(uri, message, session_id, auth_header, custom_headers, limits).await
    }

    async fn post_message_with_max_sse_event_size(
        &self,
        uri: Arc<str>,
        message: ClientJsonRpcMessage,
        session_id: Option<Arc<str>>,
        auth_header: Option<String>,
        custom_headers: Headers,
        max_sse_event_size: usize,
    ) -> Outcome<StreamableHttpPostResponse, C> {
        let mut limits = StreamableHttpResponseLimits::default();
        limits.max_sse_event_size = max_sse_event_size;
        self.post_message_with_response_limits(uri, message, session_id, auth_header, custom_headers, limits).await
    }

    async fn post_message_with_response_limits(
        &self,
        uri: Arc<str>,
        message: ClientJsonRpcMessage,
        session_id: Option<Arc<str>>,
        auth_header: Option<String>,
        custom_headers: Headers,
        limits: StreamableHttpResponseLimits,
    ) -> Outcome<StreamableHttpPostResponse, C> {
        let send = |sent: Sent| {
            let (uri, message, session_id) = (Arc::clone(&uri), message.clone(), session_id.clone());
            self.http.post_message_with_response_limits(
                uri,
                message,
                session_id,
                sent.auth_header,
                sent.headers,
                limits,
            )
        };
        self.authorised(Method::POST, &uri, Sent { auth_header, headers: custom_headers }, send).await
    }

    async fn delete_session(
        &self,
        uri: Arc<str>,
        session_id: Arc<str>,
        auth_header: Option<String>,
        custom_headers: Headers,
    ) -> Outcome<(), C> {
        let send = |sent: Sent| {
            self.http.delete_session(Arc::clone(&uri), Arc::clone(&session_id), sent.auth_header, sent.headers)
        };
        self.authorised(Method::DELETE, &uri, Sent { auth_header, headers: custom_headers }, send).await
    }

    async fn get_stream(
        &self,
        uri: Arc<str>,
        session_id: Option<Arc<str>>,
        last_event_id: Option<String>,
        auth_header: Option<String>,
        custom_headers: Headers,
    ) -> Outcome<Events, C> {
        let send = |sent: Sent| {
            self.http.get_stream(
                Arc::clone(&uri),
                session_id.clone(),
                last_event_id.clone(),
                sent.auth_header,
                sent.headers,
            )
        };
        self.authorised_stream(&uri, Sent { auth_header, headers: custom_headers }, send).await
    }

    async fn get_stream_with_max_sse_event_size(
        &self,
        uri: Arc<str>,
        session_id: Option<Arc<str>>,
        last_event_id: Option<String>,
        auth_header: Option<String>,
        custom_headers: Headers,
        max_sse_event_size: usize,
    ) -> Outcome<Events, C> {
        let send = |sent: Sent| {
            let (uri, session_id, last) = (Arc::clone(&uri), session_id.clone(), last_event_id.clone());
            self.http.get_stream_with_max_sse_event_size(
                uri,
                session_id,
                last,
                sent.auth_header,
                sent.headers,
                max_sse_event_size,
            )
        };
        self.authorised_stream(&uri, Sent { auth_header, headers: custom_headers }, send).await
    }
}

impl<C> fmt::Debug for AuthorizedClient<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthorizedClient").field("base", &self.authorizer.base().as_str()).finish_non_exhaustive()
    }
}
