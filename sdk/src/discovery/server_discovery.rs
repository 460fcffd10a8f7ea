use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::search::{FoundDocument, Search, doubtful};
use super::{ServerMetadata, cache};
use crate::error::{Error, Fault, Result};
use crate::text::ServerText;
use crate::time::Time;
use crate::transport::{DocumentKey, Transport};
use crate::wire::{EndpointUrl, PlainHttp, TENANT, well_known_appended, well_known_inserted};

const OPENID: &str = "openid-configuration";
const OAUTH: &str = "oauth-authorization-server";

impl ServerMetadata {
    /// Finds the metadata of an issuer and checks that it is this issuer's (RFC 8414 §3.3); `.await` it.
    ///
    /// The locations are `<issuer>/.well-known/openid-configuration`, then `/.well-known/oauth-authorization-server` and
    /// `/.well-known/openid-configuration` between host and path (RFC 8414 §3.1, §5). If one has no document (a 404, a 401, a web
    /// page), the next is tried. The document is cached for all clients of the process, for as long as the server's `Cache-Control`
    /// says, between 5 minutes and 24 hours, and for an hour if it says nothing.
    ///
    /// Some servers divide their metadata between an OpenID document and an RFC 8414 document. If the first one that is found clearly
    /// lacks a part, the other is read too, and completes it if it names the same issuer: an OpenID document without any of
    /// `revocation_endpoint`, `introspection_endpoint` and `registration_endpoint`, an RFC 8414 document of an OpenID provider without
    /// `userinfo_endpoint` and `end_session_endpoint`, and any document without a `token_endpoint`.
    ///
    /// ```no_run
    /// # async fn example() -> grantkit::Result<()> {
    /// let metadata = grantkit::discovery::ServerMetadata::discover("https://as.example").await?;
    /// println!("{:?}", metadata.registration_endpoint);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) if the issuer is not an `https` URL;
    /// [`is_invalid_response`](Error::is_invalid_response) if there is no such document, with the answer of each location;
    /// [`is_security`](Error::is_security) if it is another issuer's; or why the request failed.
    pub fn discover(issuer: &str) -> ServerDiscovery {
        ServerDiscovery::new(Target::Issuer(issuer.to_owned()))
    }

    /// Reads the metadata at this URL, for servers that do not have it at a well-known location, or of which only this URL is known;
    /// `.await` it.
    ///
    /// It must name the issuer whose well-known location the URL is; if the URL is not a well-known location, name the issuer by
    /// [`danger_accept_issuer`](ServerDiscovery::danger_accept_issuer).
    ///
    /// # Errors
    ///
    /// As [`discover`](Self::discover).
    pub fn discover_at(url: &str) -> ServerDiscovery {
        ServerDiscovery::new(Target::Document(url.to_owned()))
    }
}

/// Configures a discovery: `.await` it, or pass it to [`ClientBuilder::discover`](crate::client::ClientBuilder::discover).
#[must_use = "call `.await`, or give it to `ClientBuilder::discover`"]
#[derive(Clone, Debug)]
pub struct ServerDiscovery {
    wanted: DocumentQuery,
    transport: Option<Transport>,
    plain_http: PlainHttp,
    time: Time,
}

/// What is looked for: of two that differ in anything here, neither gets what the other found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct DocumentQuery {
    target: Target,
    order: DocumentOrder,
    /// The issuer that the document has to name, if it is not the issuer that was asked for.
    named: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Target {
    Issuer(String),
    Document(String),
}

/// Which of an issuer's documents are read, and which is asked for first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum DocumentOrder {
    /// It says more, where there are both.
    OpenIdFirst,
    OAuthFirst,
    OpenIdOnly,
    OAuthOnly,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    OpenId,
    OAuth,
}

impl ServerDiscovery {
    fn new(target: Target) -> Self {
        let wanted = DocumentQuery { target, order: DocumentOrder::OpenIdFirst, named: None };
        Self { wanted, transport: None, plain_http: PlainHttp::LoopbackOnly, time: Time::System }
    }

    /// Sends the requests over this transport instead of the shared one, or the client's; it keeps the documents apart from
    /// those of others.
    pub fn transport(mut self, transport: Transport) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Tries the RFC 8414 document first, as MCP requires ("Authorization Server Metadata Discovery"); of members in both documents,
    /// its are used then.
    pub fn oauth_document_first(mut self) -> Self {
        self.wanted.order = DocumentOrder::OAuthFirst;
        self
    }

    /// Reads the document of RFC 8414, and no other.
    pub fn oauth_document_only(mut self) -> Self {
        self.wanted.order = DocumentOrder::OAuthOnly;
        self
    }

    /// Reads the document of OpenID Connect Discovery, and no other.
    pub fn openid_document_only(mut self) -> Self {
        self.wanted.order = DocumentOrder::OpenIdOnly;
        self
    }

    /// Accepts a document that names this issuer, and no other, instead of the issuer by which it was found. This gives up the check
    /// that keeps one server from impersonating another (RFC 8414 §3.3): only for a server that is known to use this issuer. ID tokens
    /// and answers have to be of the issuer that is named here.
    pub fn danger_accept_issuer(mut self, issuer: impl Into<String>) -> Self {
        self.wanted.named = Some(issuer.into());
        self
    }

    /// Accepts a document for all tenants, whose `issuer` is this template, such as Microsoft's
    /// `https://login.microsoftonline.com/{tenantid}/v2.0` at `…/common/v2.0` and `…/organizations/v2.0`. The issuer of an ID
    /// token is the template with the token's `tid` then.
    ///
    /// Users of any tenant can log in then: compare `tid` with the tenants that you serve.
    ///
    /// # Errors
    ///
    /// A template without `{tenantid}` is an error of the discovery.
    pub fn issuer_template(mut self, template: impl Into<String>) -> Self {
        let template = template.into();
        // What is no template is refused below: it never equals an issuer.
        self.wanted.named = Some(if template.contains(TENANT) { template } else { String::new() });
        self
    }

    /// What is looked for, as a text that no other discovery has.
    #[allow(dead_code, reason = "the keys of ID tokens are found by it")]
    pub(crate) fn wanted(&self) -> String {
        format!("{:?}", self.wanted)
    }

    /// Of the transport over which it looks; `None` where none was given.
    #[allow(dead_code, reason = "the keys of ID tokens are found by it")]
    pub(crate) fn document_key(&self) -> Option<DocumentKey> {
        self.transport.as_ref().map(Transport::document_key)
    }

    /// With what a client's builder was told, where nothing was said here.
    pub(crate) fn by(mut self, transport: &Transport, plain_http: PlainHttp, time: &Time) -> Self {
        self.transport.get_or_insert_with(|| transport.clone());
        self.plain_http = plain_http;
        self.time = time.clone();
        self
    }

    /// The issuer, or the document's URL, as the program named it.
    pub(crate) fn name(&self) -> &str {
        let (Target::Issuer(name) | Target::Document(name)) = &self.wanted.target;
        self.wanted.named.as_deref().unwrap_or(name)
    }

    pub(crate) async fn run(self) -> Result<Arc<ServerMetadata>> {
        let transport = self.transport.map_or_else(Transport::shared, Ok)?;
        let places = self.wanted.places(self.plain_http)?;
        // A client that accepts plain http must not accept it for others.
        let accepts_plain_http = self.plain_http == PlainHttp::Anywhere;
        let key = cache::Key::new(&transport, accepts_plain_http, self.wanted.clone()).with_time(self.time);
        let (wanted, plain_http) = (self.wanted, self.plain_http);
        cache::get(&key, || async move { wanted.fetch(places, &transport, plain_http).await }).await
    }

    #[cfg(test)]
    pub(super) fn key(&self, transport: &Transport) -> cache::Key {
        cache::Key::new(transport, self.plain_http == PlainHttp::Anywhere, self.wanted.clone())
    }
}

/// The first document is good without the second.
const MAX_WAIT_FOR_SECOND: Duration = Duration::from_secs(5);

impl DocumentQuery {
    fn places(&self, plain_http: PlainHttp) -> Result<Vec<(Family, String)>> {
        if self.named.as_deref() == Some("") {
            return Err(Error::configuration(format!(
                "an issuer that is a template needs {TENANT} where the tenant's ID is: give `.issuer_template(..)` one, or \
                 `.danger_accept_issuer(..)` the issuer"
            )));
        }
        let issuer = match &self.target {
            Target::Issuer(issuer) => issuer,
            Target::Document(url) => {
                EndpointUrl::parse("metadata URL", url, plain_http)?;
                return Ok(vec![(Family::OpenId, url.clone())]);
            }
        };
        let url = EndpointUrl::issuer(issuer, plain_http)?;
        if issuer.contains(TENANT) {
            return Err(Error::configuration(format!(
                "the issuer {issuer:?} is a template: discover the issuer of one tenant, or that of all (`common`) with \
                 `.issuer_template({issuer:?})`"
            )));
        }
        let appended = (Family::OpenId, well_known_appended(issuer, OPENID));
        let oauth = (Family::OAuth, well_known_inserted(url.url(), OAUTH));
        // The same as the first for an issuer without a path.
        let has_path = !url.url().path().trim_matches('/').is_empty();
        let inserted = has_path.then(|| (Family::OpenId, well_known_inserted(url.url(), OPENID)));
        Ok(match self.order {
            DocumentOrder::OpenIdFirst => [appended, oauth].into_iter().chain(inserted).collect(),
            DocumentOrder::OAuthFirst => [oauth].into_iter().chain(inserted).chain([appended]).collect(),
            DocumentOrder::OpenIdOnly => [appended].into_iter().chain(inserted).collect(),
            DocumentOrder::OAuthOnly => vec![oauth],
        })
    }

    async fn fetch(
        &self,
        places: Vec<(Family, String)>,
        transport: &Transport,
        plain_http: PlainHttp,
    ) -> Result<(ServerMetadata, Duration)> {
        let mut search = Search::new(transport, plain_http);
        let mut places = places.into_iter();
        while let Some((family, place)) = places.next() {
            let Some(found) = search.at(place).await? else { continue };
            self.check(&found)?;
            let FoundDocument { document, mut lifetime, .. } = found;
            if !family.is_incomplete(&document) {
                return Ok((document, lifetime));
            }
            let others = places.filter(|(other, _)| *other != family).map(|(_, place)| place);
            let second = tokio::time::timeout(MAX_WAIT_FOR_SECOND, search.first::<ServerMetadata>(others)).await;
            return Ok(match second {
                Ok(Ok(Some(other))) if other.document.issuer == document.issuer => {
                    (document.completed_by(&other.document), lifetime.min(other.lifetime))
                }
                Ok(Ok(_)) => (document, lifetime),
                Ok(Err(_)) | Err(_) => {
                    lifetime = doubtful(lifetime);
                    (document, lifetime)
                }
            });
        }
        Err(search.nothing("is the issuer right?"))
    }

    fn check(&self, found: &FoundDocument<ServerMetadata>) -> Result<()> {
        let (issuer, location) = (found.document.issuer.as_str(), found.location.as_str());
        let (shown, place) = (ServerText::new(issuer), ServerText::new(location));
        let expected = match (&self.named, &self.target) {
            (Some(named), _) => named.as_str(),
            (None, Target::Issuer(asked)) => asked.as_str(),
            (None, Target::Document(_)) => {
                if is_place_of(issuer, location) {
                    return Ok(());
                }
                return Err(Error::new(
                    Fault::Security,
                    format!(
                        "the metadata at {place} is of the issuer {shown:?}, whose well-known place is another (RFC 8414 \
                         §3.3): if that is the server that you mean, call `.danger_accept_issuer({shown:?})`"
                    ),
                ));
            }
        };
        if issuer == expected {
            return Ok(());
        }
        let cure = if issuer.contains(TENANT) {
            format!(
                "it is a template, for all tenants: discover the issuer of one, or call `.issuer_template({shown:?})`"
            )
        } else {
            "use the issuer that the server names, if you trust it, or call `.danger_accept_issuer(..)`".to_owned()
        };
        Err(Error::new(
            Fault::Security,
            format!(
                "the metadata at {place} is of the issuer {shown:?}, not of {:?}: the two must be equal character by character (RFC \
                 8414 §3.3); {cure}",
                ServerText::new(expected)
            ),
        ))
    }
}

/// Whether the issuer's document may be there (RFC 8414 §3.1, §5).
fn is_place_of(issuer: &str, location: &str) -> bool {
    let wanted =
        DocumentQuery { target: Target::Issuer(issuer.to_owned()), order: DocumentOrder::OpenIdFirst, named: None };
    let places = wanted.places(PlainHttp::Anywhere).unwrap_or_default();
    places.iter().any(|(_, place)| place == location)
}

impl Family {
    /// Whether a document of this kind lacks what servers say in the other.
    ///
    /// That is one more request for many servers, which have no such endpoint at all: once for as long as the document is kept, and less
    /// than a token that is not revoked, since no other request would show that the server can do it.
    fn is_incomplete(self, metadata: &ServerMetadata) -> bool {
        let has = |endpoint: &Option<String>| endpoint.is_some();
        let speaks_openid = !metadata.id_token_signing_alg_values_supported.is_empty()
            || metadata.scopes_supported.iter().any(|scope| scope == "openid");
        let has_others = match self {
            Self::OpenId => {
                has(&metadata.revocation_endpoint)
                    && has(&metadata.introspection_endpoint)
                    && has(&metadata.registration_endpoint)
            }
            Self::OAuth => has(&metadata.userinfo_endpoint) && has(&metadata.end_session_endpoint),
        };
        !has(&metadata.token_endpoint) || (speaks_openid && !has_others)
    }
}

impl IntoFuture for ServerDiscovery {
    type Output = Result<Arc<ServerMetadata>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// A server to discover: an issuer, or a [`ServerDiscovery`] with options.
#[diagnostic::on_unimplemented(
    message = "`{Self}` names no authorization server",
    label = "neither an issuer nor a discovery",
    note = "give the issuer as a `&str`, or a `ServerDiscovery` (`ServerMetadata::discover(issuer)`)"
)]
pub trait IntoServerDiscovery {
    /// The discovery.
    fn into_server_discovery(self) -> ServerDiscovery;
}

impl IntoServerDiscovery for ServerDiscovery {
    fn into_server_discovery(self) -> ServerDiscovery {
        self
    }
}

impl IntoServerDiscovery for &str {
    fn into_server_discovery(self) -> ServerDiscovery {
        ServerMetadata::discover(self)
    }
}

impl IntoServerDiscovery for &String {
    fn into_server_discovery(self) -> ServerDiscovery {
        ServerMetadata::discover(self)
    }
}
