//! Clients that register themselves, and clients that need not be registered.
//!
//! [`Registration`] registers a program by its [`ClientMetadata`] (RFC 7591) and gives a [`RegisteredClient`], to be kept.
//! [`ClientIdMetadataDocument`] is a client ID that is the address of its own metadata.
//!
//! ```no_run
//! use grantkit::prelude::*;
//! use grantkit::registration::{ClientMetadata, Registration};
//!
//! # async fn example() -> Result<()> {
//! let wanted = ClientMetadata::new().client_name("Billing").redirect_uri("https://app.example/callback");
//! let registered = Registration::at("https://as.example/register")?.register(&wanted).await?;
//! let client = Client::builder().registered(&registered)?.discover("https://as.example").await?;
//! # let _ = client;
//! # Ok(())
//! # }
//! ```

mod client_metadata;
mod metadata_document;
mod registered_client;
#[cfg(test)]
mod tests;

pub use client_metadata::ClientMetadata;
pub use metadata_document::ClientIdMetadataDocument;
pub(crate) use metadata_document::MetadataDocumentBinding;
pub use registered_client::RegisteredClient;

use std::fmt;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method, Request};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use crate::discovery::ServerMetadata;
use crate::error::{Error, Fault, Result};
use crate::telemetry::Endpoint;
use crate::token::IntoSecret;
use crate::transport::{Answer, Repeat, Transport};
use crate::wire::{AddressKind, AddressScope, EndpointUrl, PlainHttp, read_failure};

const WHAT: &str = "registration endpoint";

/// The members of client metadata by which another program could register, or be this client.
const SECRETS: [&str; 2] = ["software_statement", "client_secret"];

/// The registration endpoint: registers the program as a client (RFC 7591), and manages the registration (RFC 7592).
///
/// ```no_run
/// use grantkit::discovery::ServerMetadata;
/// use grantkit::registration::{ClientMetadata, Registration};
/// use grantkit::Client;
///
/// # async fn example() -> grantkit::Result<()> {
/// let server = ServerMetadata::discover("https://as.example").await?;
/// let wanted = ClientMetadata::new()
///     .client_name("Billing")
///     .redirect_uri("https://app.example/callback")
///     .grant_type("authorization_code")
///     .grant_type("refresh_token");
/// let registered = Registration::from_metadata(&server)?.register(&wanted).await?;
/// let keep_this_safe = registered.to_json_with_secrets();
/// let client = Client::builder().registered(&registered)?.discover("https://as.example").await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Registration {
    url: EndpointUrl,
    initial_access_token: Option<SecretString>,
    transport: Option<Result<Transport>>,
    plain_http: PlainHttp,
}

impl Registration {
    /// At the endpoint of the server's metadata.
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](Error::is_unsupported) where it has none.
    pub fn from_metadata(metadata: &ServerMetadata) -> Result<Self> {
        let url = metadata.registration_endpoint.as_deref();
        Self::at(url.ok_or_else(|| Error::unsupported("the server's metadata has no `registration_endpoint`: name it by `Registration::at(url)`, or register the client by hand"))?)
    }

    /// At this endpoint.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it is no URL that an endpoint may have.
    pub fn at(url: &str) -> Result<Self> {
        Self::of_url(url, PlainHttp::LoopbackOnly)
    }

    /// Accepts plain `http` for this endpoint and for the URLs that it answers with: an attacker on the network can read the clients'
    /// secrets.
    ///
    /// # Errors
    ///
    /// As [`at`](Self::at).
    pub fn danger_at_plain_http(url: &str) -> Result<Self> {
        Self::of_url(url, PlainHttp::Anywhere)
    }

    fn of_url(url: &str, plain_http: PlainHttp) -> Result<Self> {
        let url = EndpointUrl::parse(WHAT, url, plain_http)?;
        Ok(Self { url, initial_access_token: None, transport: None, plain_http })
    }

    pub(crate) fn new(url: EndpointUrl, transport: Result<Transport>, plain_http: PlainHttp) -> Self {
        Self { url, initial_access_token: None, transport: Some(transport), plain_http }
    }

    /// Presents this initial access token, which the server may require for a registration (RFC 7591 §3).
    #[must_use = "call `.register(..)`"]
    pub fn initial_access_token(mut self, token: impl IntoSecret) -> Self {
        self.initial_access_token = Some(token.into());
        self
    }

    /// Sends its requests over this transport instead of the shared one.
    #[must_use = "call `.register(..)`"]
    pub fn transport(mut self, transport: Transport) -> Self {
        self.transport = Some(Ok(transport));
        self
    }

    /// Registers a client (RFC 7591 §3.1). The server may have changed the metadata: the result is in
    /// [`metadata`](RegisteredClient::metadata).
    ///
    /// # Errors
    ///
    /// [`oauth_code`](Error::oauth_code) is the server's reason (`invalid_redirect_uri`, `invalid_client_metadata`, …); or the error of
    /// the network.
    pub async fn register(&self, metadata: &ClientMetadata) -> Result<RegisteredClient> {
        let secret = self.initial_access_token.as_ref();
        let answer = self.send(Method::POST, &self.url, secret, Some(metadata.members())).await?;
        self.registered(answer.body())
    }

    /// Reads the current registration (RFC 7592 §2.1). Keep it in place of the old one: the server may have replaced the secret or
    /// the registration access token.
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](Error::is_unsupported) if the server does not support it; else as [`register`](Self::register).
    pub async fn read(&self, registered: &RegisteredClient) -> Result<RegisteredClient> {
        let (url, token) = registered.management()?;
        let answer = self.send(Method::GET, url, Some(token), None).await?;
        self.successor(registered, &answer)
    }

    /// Replaces all registered metadata by this (RFC 7592 §2.2). Begin with a copy of [`metadata`](RegisteredClient::metadata), and keep
    /// the answer in place of the old registration.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    pub async fn update(&self, registered: &RegisteredClient, metadata: &ClientMetadata) -> Result<RegisteredClient> {
        let (url, token) = registered.management()?;
        let mut members = metadata.members().clone();
        members.insert("client_id".to_owned(), registered.client_id().into());
        let answer = self.send(Method::PUT, url, Some(token), Some(&members)).await?;
        self.successor(registered, &answer)
    }

    /// Deletes the registration (RFC 7592 §2.3), and with it the client and its tokens.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    pub async fn delete(&self, registered: RegisteredClient) -> Result<()> {
        let (url, token) = registered.management()?;
        self.send(Method::DELETE, url, Some(token), None).await.map(drop)
    }

    async fn send(
        &self,
        method: Method,
        url: &EndpointUrl,
        token: Option<&SecretString>,
        members: Option<&Map<String, Value>>,
    ) -> Result<Answer> {
        let mut request = Request::new(Vec::new());
        *request.method_mut() = method;
        *request.uri_mut() = url.uri()?;
        Endpoint::Registration.mark(&mut request);
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(token) = token {
            headers.insert(AUTHORIZATION, bearer(token)?);
        }
        if let Some(members) = members {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            *request.body_mut() = serde_json::to_vec(members)
                .map_err(|_| Error::configuration("the client's metadata cannot be written as JSON"))?;
        }
        let transport = self.transport.clone().unwrap_or_else(Transport::shared)?;
        let answer = transport.send(request, Repeat::WhenRefused).await?;
        if answer.status().is_success() {
            return Ok(answer);
        }
        let sent = |name: &str| members.and_then(|members| members.get(name)).and_then(Value::as_str);
        let secrets = token.map(ExposeSecret::expose_secret).into_iter().chain(SECRETS.into_iter().filter_map(sent));
        Err(read_failure(WHAT, answer.status(), answer.headers(), answer.body(), secrets))
    }

    /// Reads an answer. Without an address by which the client would read, change and delete on this machine at the word of a server
    /// elsewhere: an error would lose the new client, with its secret.
    fn registered(&self, answer: &[u8]) -> Result<RegisteredClient> {
        let registered = RegisteredClient::read_at(answer, self.plain_http, Some(self.url.url()))?;
        let own = self.url.url();
        let reach = AddressKind::of(own).scope_of_server().unwrap_or(AddressScope::Public);
        let leads_inside = |url: &EndpointUrl| {
            url.url().host() != own.host() && reach.check("`registration_client_uri`", url.as_str()).is_err()
        };
        let is_refused = registered.management_url().is_some_and(leads_inside);
        Ok(if is_refused { registered.without_management_url() } else { registered })
    }

    fn successor(&self, registered: &RegisteredClient, answer: &Answer) -> Result<RegisteredClient> {
        let now = self.registered(answer.body())?;
        if now.client_id() != registered.client_id() {
            return Err(Error::new(Fault::Security, "the answer of the registration endpoint is about another client"));
        }
        Ok(now.after(registered))
    }
}

fn bearer(token: &SecretString) -> Result<HeaderValue> {
    let text = zeroize::Zeroizing::new(format!("Bearer {}", token.expose_secret()));
    let mut header = HeaderValue::from_str(&text).map_err(|_| {
        Error::configuration("the token for the registration endpoint holds a character that no header can hold")
    })?;
    header.set_sensitive(true);
    Ok(header)
}

impl fmt::Debug for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registration").field("url", &self.url.as_str()).finish_non_exhaustive()
    }
}
