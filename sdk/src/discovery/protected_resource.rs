use std::pin::Pin;
use std::sync::Arc;

use http::header::ACCEPT;
use http::{HeaderValue, Request};
use url::Url;

use super::address_guard::{AddressGuard, Place};
use super::search::{FoundDocument, Search};
use super::{ResourceMetadata, ServerMetadata};
use crate::error::{Challenge, Error, Fault, Result};
use crate::telemetry::Endpoint;
use crate::text::ServerText;
use crate::transport::{Repeat, Transport};
use crate::wire::{EndpointUrl, PlainHttp, well_known_inserted};

const NAME: &str = "oauth-protected-resource";

/// The metadata of an API (RFC 9728): its authorization servers, its resource identifier and its scopes.
///
/// [`ResourceAccess`](crate::resource_access::ResourceAccess) continues with a client and a login, as MCP clients need it; this is the
/// first step alone:
///
/// ```no_run
/// use grantkit::prelude::*;
/// use grantkit::discovery::ProtectedResource;
///
/// # async fn example() -> Result<()> {
/// let api = ProtectedResource::discover("https://mcp.example/tools").await?;
/// let client = Client::builder().client_id("https://app.example/client.json").public().discover(api.issuer()?).await?;
/// let mut login = client.authorization_code(RedirectUri::new("http://127.0.0.1/callback")?)?.resource(api.resource());
/// for scope in api.scopes() {
///     login = login.scope(scope);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct ProtectedResource {
    metadata: ResourceMetadata,
    challenge: Option<Challenge>,
    place: Place,
    /// Leads nowhere further inside than the API is.
    transport: Transport,
}

impl ProtectedResource {
    /// Finds an API's metadata and checks that it is this API's (RFC 9728 §3.3); `.await` it.
    ///
    /// It requests the API without a token and follows the challenge to the metadata (§5); if there is none, it tries the well-known
    /// location (§3.1), then that of the origin (Model Context Protocol 2026-07-28, "Authorization").
    ///
    /// The metadata may be of a parent resource, as MCP servers have it: of `https://mcp.example` for `https://mcp.example/tools`. It
    /// must then be at a well-known location of this origin, which one API cannot write for the others of its host.
    ///
    /// SSRF (§7.7): a remote API cannot lead the program to loopback or private addresses, neither by the challenge, nor the metadata,
    /// nor the server's metadata, also not by a name that resolves to such an address at the time of a request. An API in a private
    /// network may name addresses there: where an API is, its address tells as it answers, over a connection with a certificate for its
    /// name, and not a second look-up of the name (DNS rebinding). An address of an overlay network (100.64.0.0/10) or one for benchmarks
    /// (198.18.0.0/15, which local proxies give to every name) tells nothing. A proxy resolves names itself: if the program calls untrusted
    /// URLs through a proxy, the proxy must block such addresses. An API in a private network whose address is not known so needs
    /// [`danger_accept_private_addresses`](ResourceDiscovery::danger_accept_private_addresses).
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) if the URL is not valid for an API;
    /// [`is_invalid_response`](Error::is_invalid_response) if there is no such document;
    /// [`is_security`](Error::is_security) if it is of another resource; or why a request failed.
    pub fn discover(url: impl Into<String>) -> ResourceDiscovery {
        ResourceDiscovery {
            url: url.into(),
            challenge: None,
            transport: None,
            parents: Parents::WellKnown,
            accepts_private_addresses: false,
        }
    }

    /// The whole document.
    pub fn metadata(&self) -> &ResourceMetadata {
        &self.metadata
    }

    /// The resource identifier, for the `resource` parameter (RFC 8707).
    pub fn resource(&self) -> &str {
        &self.metadata.resource
    }

    /// The issuer of the resource's tokens: the first that it names.
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](Error::is_unsupported) if it names none; [`is_security`](Error::is_security) if the issuer has a loopback
    /// or private address, and the resource does not (SSRF).
    pub fn issuer(&self) -> Result<&str> {
        let issuer = self.issuers().first().ok_or_else(|| {
            Error::unsupported(
                "the resource's metadata names no `authorization_servers`: ask its operator for the issuer",
            )
        })?;
        self.place.check("issuer", issuer)?;
        Ok(issuer)
    }

    /// All issuers whose tokens it accepts; the client decides which one to trust (RFC 9728 §7.6).
    pub fn issuers(&self) -> &[String] {
        &self.metadata.authorization_servers
    }

    /// The scopes to request: those of the API's challenge, else all that the metadata names.
    pub fn scopes(&self) -> Vec<&str> {
        let challenged = self.challenge.as_ref().map(Challenge::scopes).unwrap_or_default();
        if challenged.is_empty() {
            self.metadata.scopes_supported.iter().map(String::as_str).collect()
        } else {
            challenged
        }
    }

    /// The challenge that the API answered with.
    pub fn challenge(&self) -> Option<&Challenge> {
        self.challenge.as_ref()
    }

    /// The metadata of [`issuer`](Self::issuer).
    ///
    /// # Errors
    ///
    /// As [`issuer`](Self::issuer) and [`ServerMetadata::discover`]; [`is_security`](Error::is_security) if an endpoint has a loopback
    /// or private address, and the resource does not (SSRF).
    pub async fn server_metadata(&self) -> Result<Arc<ServerMetadata>> {
        self.metadata_of(self.issuer()?).await
    }

    /// The metadata of one of the [`issuers`](Self::issuers).
    pub(crate) async fn metadata_of(&self, issuer: &str) -> Result<Arc<ServerMetadata>> {
        self.place.check("issuer", issuer)?;
        let discovery = ServerMetadata::discover(issuer).oauth_document_first();
        let metadata =
            discovery.transport(self.transport.clone()).await.map_err(|error| self.place.explained(error))?;
        metadata.check_scope(self.place.scope()).map_err(|error| self.place.explained(error))?;
        Ok(metadata)
    }

    /// One that leads nowhere further inside than the API is.
    pub(crate) fn transport(&self) -> &Transport {
        &self.transport
    }
}

/// Configures the discovery of a resource; `.await` it.
#[must_use = "call `.await`"]
#[derive(Clone, Debug)]
pub struct ResourceDiscovery {
    url: String,
    challenge: Option<Challenge>,
    transport: Option<Transport>,
    parents: Parents,
    accepts_private_addresses: bool,
}

/// Which resources that the URL lies under may speak for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Parents {
    None,
    WellKnown,
    Any,
}

impl ResourceDiscovery {
    /// Uses the challenge of an earlier answer of the API, instead of requesting one; see [`Error::challenge`].
    pub fn challenge(mut self, challenge: Challenge) -> Self {
        self.challenge = Some(challenge);
        self
    }

    /// Sends the requests over this transport instead of the shared one.
    pub fn transport(mut self, transport: Transport) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Refuses metadata of a parent resource: the resource must equal the URL (RFC 9728 §3.3).
    pub fn require_exact_resource(mut self) -> Self {
        self.parents = Parents::None;
        self
    }

    /// Accepts metadata of a parent resource at any location that the API's challenge names. One API of a host can then impersonate
    /// another (RFC 9728 §3.3).
    pub fn danger_accept_parent_resource(mut self) -> Self {
        self.parents = Parents::Any;
        self
    }

    /// Lets the API lead to private addresses, though not to this machine: for an API in a private network of which its address does not tell
    /// that, as it is reached by a proxy, by a [resolver](crate::transport::TransportBuilder::configure) of the program's own, or in an
    /// overlay network. Gives up that an API elsewhere cannot make the program request addresses of its private network (SSRF).
    pub fn danger_accept_private_addresses(mut self) -> Self {
        self.accepts_private_addresses = true;
        self
    }

    async fn run(self, plain_http: PlainHttp) -> Result<ProtectedResource> {
        let url = EndpointUrl::parse("API URL", &self.url, plain_http)?;
        let transport = self.transport.clone().map_or_else(Transport::shared, Ok)?;
        let mut guard = AddressGuard::new(url.url(), transport, self.accepts_private_addresses);
        let challenge = match &self.challenge {
            Some(challenge) => Some(challenge.clone()),
            None => ask(&url, &mut guard).await?,
        };
        let named = challenge.as_ref().and_then(Challenge::resource_metadata);
        if named.is_some_and(|location| guard.is_unknown_after(location)) {
            // Only where the API is: what it says is known.
            let _ = ask(&url, &mut guard).await;
        }
        if let Some(location) = named {
            guard.place().check("`resource_metadata` of the challenge", location)?;
        }
        let found = look(locations(named, url.url()), &mut guard, plain_http).await?;
        self.check(&url, &found)?;
        Ok(ProtectedResource { metadata: found.document, challenge, place: guard.place(), transport: guard.within() })
    }

    /// RFC 9728 §3.3.
    fn check(&self, url: &EndpointUrl, found: &FoundDocument<ResourceMetadata>) -> Result<()> {
        let resource = found.document.resource.as_str();
        // An origin is requested with the slash that its identifier need not have.
        let is_same = resource == self.url
            || (url.url().path() == "/"
                && url.url().query().is_none()
                && resource.trim_end_matches('/') == self.url.trim_end_matches('/'));
        if is_same {
            return Ok(());
        }
        let is_parent = is_parent(resource, url.url());
        let accepts = match self.parents {
            Parents::None => false,
            Parents::WellKnown => is_well_known(&found.location, url.url()),
            Parents::Any => true,
        };
        if is_parent && accepts {
            return Ok(());
        }
        let cure = match self.parents {
            Parents::WellKnown if is_parent => {
                "it lies under that, but the metadata is not at a well-known location of its origin: call \
                 `.danger_accept_parent_resource()`, if one API speaks for all of that host"
            }
            _ => "discover the resource that the API names, if that is the API you mean",
        };
        Err(Error::new(
            Fault::Security,
            format!(
                "the metadata at {} is of the resource {:?}, not of {:?} (RFC 9728 §3.3); {cure}",
                ServerText::new(&found.location),
                ServerText::new(resource),
                ServerText::new(&self.url),
            ),
        ))
    }
}

/// Where the challenge says, then at the API's own location, then at that of its origin, where MCP servers may have it: the check is
/// the same for all.
fn locations(named: Option<&str>, url: &Url) -> Vec<String> {
    let own = well_known_inserted(url, NAME);
    let mut origin = url.clone();
    origin.set_path("/");
    origin.set_query(None);
    let mut locations: Vec<String> = Vec::new();
    for location in named.map(str::to_owned).into_iter().chain([own, well_known_inserted(&origin, NAME)]) {
        if !locations.contains(&location) {
            locations.push(location);
        }
    }
    locations
}

/// Whether the owner of this location owns the whole origin.
fn is_well_known(location: &str, url: &Url) -> bool {
    let Ok(location) = Url::parse(location) else { return false };
    let rest = location.path().strip_prefix("/.well-known/").and_then(|rest| rest.strip_prefix(NAME));
    location.origin() == url.origin() && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl IntoFuture for ResourceDiscovery {
    type Output = Result<ProtectedResource>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run(PlainHttp::LoopbackOnly))
    }
}

/// The document at the first of these places that has it.
async fn look(
    locations: Vec<String>,
    guard: &mut AddressGuard,
    plain_http: PlainHttp,
) -> Result<FoundDocument<ResourceMetadata>> {
    let guarded = guard.within();
    let mut search = Search::new(&guarded, plain_http);
    for location in locations {
        let (transport, answered) = guard.to(&location);
        let outcome = search.at_over(&transport, location).await;
        guard.learn(answered.as_ref());
        if let Some(found) = outcome.map_err(|error| guard.place().explained(error))? {
            return Ok(found);
        }
    }
    Err(search.nothing("the API does not say whose tokens it takes (RFC 9728)"))
}

/// The challenge with which the API meets a request without a token. Where it gives none, or no answer that can be read,
/// there is the well-known location still.
async fn ask(url: &EndpointUrl, guard: &mut AddressGuard) -> Result<Option<Challenge>> {
    let mut request = Request::new(Vec::new());
    *request.uri_mut() = url.uri()?;
    Endpoint::Metadata.mark(&mut request);
    request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json, */*;q=0.1"));
    let (transport, answered) = guard.to(url.as_str());
    let outcome = transport.send(request, Repeat::Idempotent).await;
    guard.learn(answered.as_ref());
    match outcome {
        Ok(answer) if answer.status().is_success() => Ok(None),
        Ok(answer) => {
            // It was asked without a token.
            let mut challenges = Challenge::without_secrets(answer.headers(), []);
            let naming = challenges.iter().position(|challenge| challenge.resource_metadata().is_some());
            let of_tokens = || challenges.iter().position(|one| one.is_scheme("Bearer") || one.is_scheme("DPoP"));
            Ok(naming.or_else(of_tokens).map(|at| challenges.swap_remove(at)))
        }
        Err(error) if error.is_connect() => Err(error),
        Err(_) => Ok(None),
    }
}

fn is_parent(resource: &str, url: &Url) -> bool {
    let Ok(parent) = Url::parse(resource) else { return false };
    let rest = url.path().strip_prefix(parent.path().trim_end_matches('/'));
    let is_under = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    parent.origin() == url.origin() && parent.query().is_none() && parent.fragment().is_none() && is_under
}

#[cfg(test)]
mod tests;
