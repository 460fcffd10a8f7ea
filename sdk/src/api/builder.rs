use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{AUTHORIZATION, HOST};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::base::Base;
use super::client::{Settings, Shared};
use super::http::{DEFAULT_TIMEOUT, Http};
use super::token_place::TokenPlace;
use super::{ApiClient, RetryPolicy, resend};
use crate::credentials::Credentials;
use crate::error::{Error, Result};
use crate::http_client::Recipe;
use crate::keys::dpop::DPOP;
use crate::transport::Transport;
use crate::wire::PlainHttp;

/// Configures an [`ApiClient`]; see [`ApiClient::builder`].
#[must_use = "call `.build()`"]
pub struct ApiClientBuilder {
    base: String,
    plain_http: PlainHttp,
    http: Option<reqwest::Client>,
    recipe: Recipe,
    transport: Option<Transport>,
    credentials: Credentials,
    settings: Result<Settings>,
}

impl ApiClientBuilder {
    pub(super) fn new(base: &str, credentials: Credentials) -> Self {
        let settings = Settings {
            headers: HeaderMap::new(),
            timeout: DEFAULT_TIMEOUT,
            error_for_status: true,
            body_limit: 64 * 1024 * 1024,
            token: TokenPlace::default(),
            retry: RetryPolicy::never(),
            retry_budget_percent: 20,
        };
        Self {
            base: base.to_owned(),
            plain_http: PlainHttp::default(),
            http: None,
            recipe: Recipe::for_api(),
            transport: None,
            credentials,
            settings: Ok(settings),
        }
    }

    /// Sends with this client, for proxies, certificates or connection pools of your own.
    ///
    /// Build it with `.redirect(reqwest::redirect::Policy::none())`: a client that follows redirects may carry the token out of the base
    /// URL, within the same host. An answer from outside of the base URL is a [security](Error::is_security) error. `Authorization` is set
    /// by this crate whatever the client's default headers are.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
        self
    }

    /// Sends over the connections of this transport: with its CA certificates, client certificate and proxies, given once for the
    /// authorization server and the API.
    ///
    /// For certificate-bound tokens (RFC 8705 §3): it has to be the certificate with which the token was requested:
    ///
    /// ```no_run
    /// use grantkit::transport::Transport;
    /// use grantkit::{ApiClient, Client};
    ///
    /// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// let pem = std::fs::read("/etc/billing/certificate-and-key.pem")?;
    /// let ca = reqwest::Certificate::from_pem(&std::fs::read("/etc/billing/ca.pem")?)?;
    /// let transport = Transport::builder()
    ///     .client_certificate(&pem)
    ///     .configure(move |reqwest| reqwest.tls_certs_merge([ca.clone()]))
    ///     .build()?;
    /// let client = Client::builder()
    ///     .client_id("billing")
    ///     .tls_client_auth()
    ///     .transport(transport.clone())
    ///     .discover("https://as.example")
    ///     .await?;
    /// let credentials = client.client_credentials().credentials("billing");
    /// let api = ApiClient::builder("https://api.example", credentials).transport(&transport).build()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The limits stay the API client's own: [`timeout`](Self::timeout), [`body_limit`](Self::body_limit).
    pub fn transport(mut self, transport: &Transport) -> Self {
        self.transport = Some(transport.clone());
        self
    }

    /// Presents this certificate to an API that asks for one (mutual TLS): PEM with the private key, the certificate and the
    /// intermediate certificates. If the authorization server needs the same, [`transport`](Self::transport) sets it once.
    ///
    /// An invalid certificate is an error of [`build`](Self::build). The API client then has connections of its own.
    pub fn client_certificate(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.recipe.client_certificate(pem.as_ref());
        self
    }

    /// Configures the reqwest client: proxies, root certificates, a user agent. The API client then has connections of its own.
    ///
    /// Redirects stay off, and plain `http` to a loopback or link-local address goes through no proxy, whatever is set here. It may be called more
    /// than once, as for a [`Transport`](crate::transport::Transport), so that one closure fits both: clone what it consumes.
    pub fn configure(
        mut self,
        change: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.recipe.change(change);
        self
    }

    /// Limits the time of a call, from waiting for a token to the last byte of the answer, including a retry; 60 s unless set.
    /// [`ApiRequest::timeout`](super::ApiRequest::timeout) sets it for one request.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.edit(|settings| settings.timeout = limit);
        self
    }

    /// Sends this header with every request that has no other of its name.
    ///
    /// `Authorization`, `DPoP` and `Host` cannot be set: the client sets them.
    pub fn default_header<N, V>(mut self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        match header(name, value) {
            Ok((name, value)) => self.edit(|settings| {
                settings.headers.insert(name, value);
            }),
            Err(error) => self.settings = self.settings.and(Err(error)),
        }
        self
    }

    /// Sends the token under another scheme than `Bearer` in the `Authorization` header, such as `OAuth`; with an empty scheme, the
    /// token alone. Not for tokens that are bound to a key (DPoP).
    pub fn token_scheme(mut self, scheme: impl Into<Cow<'static, str>>) -> Self {
        self.edit(|settings| settings.token = TokenPlace::Scheme(scheme.into()));
        self
    }

    /// Sends the token alone in a header of its own, in place of `Authorization`. Not for tokens that are bound to a key (DPoP).
    pub fn token_header(mut self, name: HeaderName) -> Self {
        self.edit(|settings| settings.token = TokenPlace::Header(name));
        self
    }

    /// Sends the token in the query under this name (RFC 6750 §2.3), in place of the `Authorization` header. Gives up that it stays out of the
    /// logs of servers and proxies, and out of [`ApiResponse::into_inner`](super::ApiResponse::into_inner)'s URL.
    pub fn danger_token_in_query(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.edit(|settings| settings.token = TokenPlace::Query(name.into()));
        self
    }

    /// Whether a status of 400 and above, or a redirect, is an error; it is unless set to `false`.
    ///
    /// [`ApiRequest::error_for_status`](super::ApiRequest::error_for_status) sets it for one request.
    pub fn error_for_status(mut self, is_error: bool) -> Self {
        self.edit(|settings| settings.error_for_status = is_error);
        self
    }

    /// Limits the bytes of an answer's body that are read into memory, decompressed ones where it was compressed; 64 MiB unless set.
    ///
    /// Read a larger body as it comes: [`ApiResponse::bytes_stream`](super::ApiResponse::bytes_stream), [`copy_to`](super::ApiResponse::copy_to).
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.edit(|settings| settings.body_limit = bytes);
        self
    }

    /// Sends requests that failed again as this policy has it: [`RetryPolicy`] has the table of what is repeated, and when.
    ///
    /// Without it a request is sent once, as by reqwest and Google's clients: whether repeating pays is for those to say who know the API.
    /// A token that the API rejects, and a nonce that it asks for, are answered in any case. [`ApiRequest::retry`](super::ApiRequest::retry)
    /// sets it for one request. The [`timeout`](Self::timeout) is for all tries together.
    ///
    /// ```no_run
    /// use grantkit::ApiClient;
    /// use grantkit::api::RetryPolicy;
    ///
    /// # async fn example(credentials: grantkit::Credentials) -> grantkit::Result<()> {
    /// let api = ApiClient::builder("https://api.example/v1", credentials).retry(RetryPolicy::new()).build()?;
    /// let report = api.get("reports/7").fetch_text().await?;          // sent up to four times
    /// let payment = api.post("payments").json(&7).idempotency_key("0d8f3a").await?;  // this one, too
    /// api.post("mails").json(&7).await?;                              // sent once
    /// # Ok(())
    /// # }
    /// ```
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.edit(|settings| settings.retry = policy);
        self
    }

    /// Of the requests of the last ten seconds, at most so many per cent are sent again, and one a second beyond that; 20 unless set,
    /// and 100 at the most.
    ///
    /// So an API that is down gets a fifth more requests, and not three times as many. All requests of a client count, with those of its
    /// clones and [`nested`](ApiClient::nested) clients, if they have a policy.
    pub fn retry_budget(mut self, percent: u8) -> Self {
        self.edit(|settings| settings.retry_budget_percent = percent);
        self
    }

    /// Accepts a base URL of plain `http` on any host: an attacker on the network can read the token, and use it.
    pub fn danger_allow_plain_http(mut self) -> Self {
        self.plain_http = PlainHttp::Anywhere;
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the base URL, a header or the client certificate cannot be used, or TLS
    /// cannot be set up on this machine.
    pub fn build(self) -> Result<ApiClient> {
        let base = Base::parse(&self.base, self.plain_http)?;
        let settings = self.settings?;
        let bypasses_proxies = base.bypasses_proxies();
        let http = match (self.http, self.transport, self.recipe.is_usual()) {
            (Some(given), None, true) => Http::given(given),
            (None, Some(transport), true) => match transport.http_client(bypasses_proxies)? {
                Some(own) => Http::of_transport(own),
                None => Http::shared(bypasses_proxies)?,
            },
            (None, None, true) => Http::shared(bypasses_proxies)?,
            (None, None, false) => Http::new(self.recipe, settings.timeout, bypasses_proxies)?,
            (Some(_), ..) => {
                return Err(Error::configuration(
                    "`.http_client(..)` is a client that is built already: set there what `.client_certificate(..)`, \
                     `.configure(..)` or `.transport(..)` would, or leave it out",
                ));
            }
            (None, Some(_), false) => {
                return Err(Error::configuration(
                    "`.transport(..)` is set up already: set on its builder what `.client_certificate(..)` or `.configure(..)` \
                     would, or leave it out",
                ));
            }
        };
        let retry_budget = Arc::new(resend::budget(settings.retry_budget_percent));
        Ok(ApiClient::from_shared(Shared { base, http, credentials: self.credentials, settings, retry_budget }))
    }

    fn edit(&mut self, change: impl FnOnce(&mut Settings)) {
        if let Ok(settings) = &mut self.settings {
            change(settings);
        }
    }
}

/// A header that may be given with a request.
pub(super) fn header<N, V>(name: N, value: V) -> Result<(HeaderName, HeaderValue)>
where
    N: TryInto<HeaderName>,
    V: TryInto<HeaderValue>,
{
    let name =
        name.try_into().map_err(|_| Error::configuration("the name of a header has a character that none has"))?;
    if name == AUTHORIZATION {
        return Err(Error::configuration(
            "the `Authorization` header comes from the credentials: give others, or send this request without `ApiClient`",
        ));
    }
    if name == DPOP {
        return Err(Error::configuration(
            "the `DPoP` header comes from the credentials, a new one for each request: give the client a key, by `.dpop(..)` on \
             its builder",
        ));
    }
    if name == HOST {
        return Err(Error::configuration(
            "the `Host` header comes from the base URL, as the token is for that host alone: change the base URL",
        ));
    }
    // The value is not shown: it may be a key.
    let value = value.try_into().map_err(|_| {
        Error::configuration(format!("the value of the header `{name}` has a character that cannot stand in one"))
    })?;
    Ok((name, value))
}

impl fmt::Debug for ApiClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The base may still have a password in it.
        f.debug_struct("ApiClientBuilder").field("credentials", &self.credentials).finish_non_exhaustive()
    }
}
