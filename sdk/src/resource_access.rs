//! From an API's URL alone to a client for it, as the Model Context Protocol (MCP) requires.
//!
//! [`ResourceAccess`] finds the API's authorization server (RFC 9728), becomes a client there (an existing registration, a client-ID
//! metadata document, or dynamic registration, RFC 7591), and begins logins for the API; [`AccessDiscovery`] configures how.
//!
//! ```no_run
//! use grantkit::registration::ClientMetadata;
//! use grantkit::prelude::*;
//! use grantkit::resource_access::ResourceAccess;
//!
//! # async fn example() -> Result<()> {
//! // Answers come to https://app.example/callback, and for some servers to one segment below it:
//! let redirect_uri = RedirectUri::new("https://app.example/callback")?.distinct_per_issuer();
//! let access = ResourceAccess::discover("https://mcp.example/tools", redirect_uri)
//!     .register(ClientMetadata::new().client_name("App"))
//!     .await?;
//! let (url, pending) = access.login()?.start()?;
//! # let _ = (url, pending);
//! # Ok(())
//! # }
//! ```
//!
//! A remote API cannot lead the program to loopback or private addresses (SSRF, RFC 9728 §7.7).

mod discovery;
mod identify;
mod identity_assertion;
#[doc(hidden)]
pub mod misplaced;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

pub use discovery::AccessDiscovery;

use crate::authorize::{AuthorizationCode, IntoRedirectUri, Prompt, RedirectUri};
use crate::client::Client;
use crate::discovery::{ProtectedResource, ServerMetadata};
use crate::error::{Challenge, Error, Result};
use crate::grant::StoredLogin;
use crate::registration::RegisteredClient;
use identify::{ClientOptions, is_unknown_client};

/// A registration that is refused at this age is refused for what it is.
const YOUNG: Duration = Duration::from_mins(1);
const OFFLINE_ACCESS: &str = "offline_access";

/// Goes from an API's URL to a login for it, as MCP clients need it (Model Context Protocol 2026-07-28, "Authorization").
///
/// [`discover`](Self::discover) asks the API for its authorization servers (RFC 9728), and the server for its metadata (RFC 8414); it
/// refuses a server that does not announce PKCE with S256. Then the program becomes a client there, by the first of these that it was
/// given: an existing registration, its client-ID metadata document, dynamic registration (RFC 7591). [`login`](Self::login) requests
/// a token for this API (RFC 8707) with the scopes that the API asks for.
///
/// No server that an API names is given the codes of another (mix-up, RFC 9700 §4.4): a server says in its answers which one it is (RFC
/// 9207), or has a redirect URI of its own, as a [`LoopbackListener`](crate::authorize::LoopbackListener) and one that is
/// [distinct per issuer](RedirectUri::distinct_per_issuer) give it; any other is refused.
///
/// ```no_run
/// use grantkit::prelude::*;
/// use grantkit::registration::ClientMetadata;
/// use grantkit::resource_access::ResourceAccess;
///
/// # async fn example() -> Result<()> {
/// let listener = LoopbackListener::bind().await?;
/// let access = ResourceAccess::discover("https://mcp.example/tools", listener.redirect_uri()?)
///     .register(ClientMetadata::new().client_name("Tool"))
///     .await?;
/// let login = access.login()?.native(listener).or_show(|url| eprintln!("Open {url}")).await?;
/// let api = ApiClient::new(access.url(), login.credentials("tool").await?)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ResourceAccess {
    url: String,
    resource: ProtectedResource,
    /// What was checked, and the client made of.
    server: Arc<ServerMetadata>,
    client: Client,
    registered: Option<RegisteredClient>,
    /// `None` for one of an earlier access.
    registered_at: Option<Instant>,
    redirect_uri: RedirectUri,
    /// All that was asked for so far, in the order in which the API named it.
    scopes: Vec<String>,
    asking: LoginOptions,
    ways: ClientOptions,
}

/// What the program lets the API say of its logins.
#[derive(Clone, Debug, Default)]
struct LoginOptions {
    only_scopes: Option<Vec<String>>,
    skips_resource: bool,
}

impl LoginOptions {
    fn add(&self, scopes: &mut Vec<String>, scope: &str) {
        let is_allowed = self.only_scopes.as_ref().is_none_or(|allowed| allowed.iter().any(|one| one == scope));
        if is_allowed && !scopes.iter().any(|known| known == scope) {
            scopes.push(scope.to_owned());
        }
    }
}

impl ResourceAccess {
    /// Starts with the API's URL and the redirect URI. Configure how the program may become a client, then `.await` it; see
    /// [`AccessDiscovery`].
    ///
    /// # Errors
    ///
    /// As [`ProtectedResource::discover`](ProtectedResource::discover) and
    /// [`ServerMetadata::discover`](crate::discovery::ServerMetadata::discover);
    /// [`is_unsupported`](Error::is_unsupported) if the server does not announce PKCE with S256, or supports none of the configured
    /// ways to become a client; [`is_configuration`](Error::is_configuration) if none was configured, or the API takes only
    /// DPoP-bound tokens and there is [no key](AccessDiscovery::dpop); or why the registration failed.
    pub fn discover(url: impl Into<String>, redirect_uri: impl IntoRedirectUri) -> AccessDiscovery {
        AccessDiscovery::new(url.into(), redirect_uri.into_redirect_uri())
    }

    /// The API's URL, as given: the base URL of an [`ApiClient`](crate::ApiClient).
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The API's metadata (RFC 9728).
    pub fn resource(&self) -> &ProtectedResource {
        &self.resource
    }

    /// The client at the API's authorization server.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The issuer of the API's authorization server: keep the registration and the tokens under it.
    pub fn issuer(&self) -> &str {
        self.client.issuer_name().unwrap_or_default()
    }

    /// The registration that this access made or was given. Keep a new one under its [`issuer`](Self::issuer), and pass it to
    /// [`registered`](AccessDiscovery::registered) the next time.
    pub fn registration(&self) -> Option<&RegisteredClient> {
        self.registered.as_ref()
    }

    /// The scopes that a login requests: those of the API's challenge, else all that its metadata names, else none; and
    /// `offline_access`, where the server's metadata names it, so that the token can be refreshed.
    pub fn scopes(&self) -> &[String] {
        &self.scopes
    }

    /// Returns the login for this API with these scopes; with `offline_access` the person is asked for consent, as servers require for
    /// it. More can be configured before it starts.
    ///
    /// # Errors
    ///
    /// As [`Client::authorization_code`](Client::authorization_code).
    pub fn login(&self) -> Result<AuthorizationCode> {
        let login = self.client.authorization_code(self.redirect_uri.clone())?;
        let login = login.scopes(&self.scopes);
        let login = if self.asking.skips_resource { login } else { login.resource(self.resource.resource()) };
        let is_to_refresh = self.scopes.iter().any(|scope| scope == OFFLINE_ACCESS);
        // Without it the scope is ignored (OpenID Connect Core §11).
        Ok(if is_to_refresh { login.prompt(Prompt::Consent) } else { login })
    }

    /// The [login](Self::login) for this API that a store holds, of an earlier run or another process: for this API alone, also where
    /// other APIs of the same server have a login under the same name.
    ///
    /// ```no_run
    /// # async fn example(access: grantkit::resource_access::ResourceAccess, store: grantkit::store::MemoryStore) -> grantkit::Result<()> {
    /// let api = grantkit::ApiClient::new(access.url(), access.stored_login("alice").credentials_in(store))?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn stored_login(&self, name: impl AsRef<str>) -> StoredLogin {
        let login = self.client.stored_login(name);
        if self.asking.skips_resource { login } else { login.resource(self.resource.resource()) }
    }

    /// Returns the login that an API requires by this error (step-up): for the scopes that the last token lacks, besides the earlier
    /// ones (`insufficient_scope`, RFC 6750 §3.1), or a stronger login (RFC 9470). A refresh brings neither: the person has to
    /// consent.
    ///
    /// `None` where a login does not help: the error is no such challenge, or the challenge names no scope that was not asked
    /// for already, so that a program that follows it never loops.
    ///
    /// ```no_run
    /// # async fn example(mut access: grantkit::resource_access::ResourceAccess, api: grantkit::ApiClient) -> grantkit::Result<()> {
    /// if let Err(error) = api.delete(["invoices", "42"]).send().await {
    ///     let Some(login) = access.step_up(&error)? else { return Err(error) };
    ///     let (url, pending) = login.start()?; // and so on, as the first time
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`login`](Self::login).
    pub fn step_up(&mut self, error: &Error) -> Result<Option<AuthorizationCode>> {
        let Some(challenge) = error.challenge() else { return Ok(None) };
        if challenge.is_step_up() {
            return self.other_means(challenge).map(Some);
        }
        let before = self.scopes.len();
        if challenge.error() == Some("insufficient_scope") {
            for scope in challenge.scopes() {
                self.asking.add(&mut self.scopes, scope);
            }
        }
        if self.scopes.len() == before { Ok(None) } else { self.login().map(Some) }
    }

    /// Recovers from a registration that the server has forgotten, as MCP servers do: the program registers again, and the returned
    /// login is for that client. For an error of a login, of a token or of an API call.
    ///
    /// `None` where registering does not help: it is another error than `invalid_client`, the program has not
    /// [registered](AccessDiscovery::register) itself, or only just now, so that a program that follows it never loops. Keep the new
    /// [`registration`](Self::registration) in place of the old one.
    ///
    /// ```no_run
    /// # async fn example(mut access: grantkit::resource_access::ResourceAccess, api: grantkit::ApiClient) -> grantkit::Result<()> {
    /// if let Err(error) = api.get(["invoices", "42"]).send().await {
    ///     let Some(login) = access.recover(&error).await? else { return Err(error) };
    ///     let (url, pending) = login.start()?; // and so on, as the first time
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`login`](Self::login), or why the registration failed.
    pub async fn recover(&mut self, error: &Error) -> Result<Option<AuthorizationCode>> {
        let is_young = self.registered_at.is_some_and(|time| time.elapsed() < YOUNG);
        if !is_unknown_client(error) || self.registered.is_none() || is_young || !self.ways.can_register(&self.server) {
            return Ok(None);
        }
        self.register_anew().await.map(Some)
    }

    /// The same whatever the reason: after a login from which no answer came, as the server shows the error for an unknown client in
    /// the browser, where the program does not see it.
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](Error::is_unsupported) if the program gave no metadata to [register](AccessDiscovery::register) with, or the
    /// server has no registration endpoint; else as [`recover`](Self::recover).
    pub async fn register_anew(&mut self) -> Result<AuthorizationCode> {
        if !self.ways.can_register(&self.server) {
            return Err(Error::unsupported(
                "the program cannot register again: call `.register(metadata)` before `.await`, at a server whose metadata has a \
                 `registration_endpoint`",
            ));
        }
        let transport = self.resource.transport();
        let (client, registered) = self.ways.register(&self.server, transport, &self.redirect_uri).await?;
        (self.client, self.registered, self.registered_at) = (client, Some(registered), Some(Instant::now()));
        self.login()
    }

    /// RFC 9470 §4. Whether it was done is for the API to see, which asked for it, and for `finish` where there is an ID token
    /// that says so.
    fn other_means(&self, challenge: &Challenge) -> Result<AuthorizationCode> {
        let (mut login, acr_values) = (self.login()?, challenge.acr_values());
        if self.scopes.iter().any(|scope| scope == "openid") {
            return Ok(challenge.max_age().into_iter().fold(login.acr_values(acr_values), AuthorizationCode::max_age));
        }
        if !acr_values.is_empty() {
            login = login.login_parameter("acr_values", acr_values.join(" "));
        }
        // One that is made now is young enough, whatever the age.
        Ok(if challenge.max_age().is_some() { login.prompt(Prompt::Login) } else { login })
    }
}

impl fmt::Debug for ResourceAccess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResourceAccess")
            .field("url", &self.url)
            .field("issuer", &self.issuer())
            .field("client_id", &self.client.client_id())
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}
