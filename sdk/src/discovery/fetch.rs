use std::sync::Arc;
use std::time::Duration;

use super::ServerMetadata;
use super::cache;
use super::document::{get, is_absent, read};
use crate::error::{Error, Kind, Result};
use crate::text::ServerText;
use crate::transport::Transport;
use crate::wire::{EndpointUrl, PlainHttp, lifetime, well_known_appended, well_known_inserted};

impl ServerMetadata {
    /// The document of an issuer, checked to be this issuer's (RFC 8414 §3.3).
    ///
    /// It is looked for at `<issuer>/.well-known/openid-configuration`, then with `/.well-known/oauth-authorization-server`
    /// and `/.well-known/openid-configuration` between host and path (RFC 8414 §3.1, §5). The whole process fetches it once:
    /// it is kept for as long as the server's `Cache-Control` says, between 5 minutes and 24 hours, and for an hour if it says
    /// nothing.
    ///
    /// ```no_run
    /// # async fn example() -> grantkit::Result<()> {
    /// let metadata = grantkit::ServerMetadata::discover("https://as.example").await?;
    /// println!("{:?}", metadata.registration_endpoint);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the issuer is no `https` URL;
    /// [`is_invalid_response`](Error::is_invalid_response) where there is no such document, or
    /// [`is_security`](Error::is_security) where it is another issuer's; or why the request failed.
    pub async fn discover(issuer: &str) -> Result<Arc<Self>> {
        Self::discover_over(issuer, &Transport::shared()?).await
    }

    /// The same over a transport of one's own, which keeps the documents apart from those of others.
    ///
    /// # Errors
    ///
    /// As [`discover`](Self::discover).
    pub async fn discover_over(issuer: &str, transport: &Transport) -> Result<Arc<Self>> {
        Self::of_issuer(issuer, transport, PlainHttp::LoopbackOnly).await
    }

    pub(crate) async fn of_issuer(issuer: &str, transport: &Transport, plain_http: PlainHttp) -> Result<Arc<Self>> {
        Self::in_order(issuer, transport, plain_http, Order::OpenIdFirst).await
    }

    /// The same in the order that MCP has ("Authorization Server Metadata Discovery"), unless it is known already.
    pub(super) async fn of_issuer_of_resource(issuer: &str, transport: &Transport) -> Result<Arc<Self>> {
        Self::in_order(issuer, transport, PlainHttp::LoopbackOnly, Order::OAuthFirst).await
    }

    async fn in_order(issuer: &str, transport: &Transport, plain_http: PlainHttp, order: Order) -> Result<Arc<Self>> {
        let url = EndpointUrl::issuer(issuer, plain_http)?;
        // Whoever accepts plain http must not accept it for others.
        let key = (transport.id(), plain_http == PlainHttp::Anywhere, issuer.to_owned());
        cache::get(key, || fetch(issuer, &url, transport, plain_http, order)).await
    }
}

/// Which of an issuer's documents is asked for first.
#[derive(Clone, Copy)]
enum Order {
    /// It says more, where there are both.
    OpenIdFirst,
    OAuthFirst,
}

impl Order {
    /// Where the document may be (RFC 8414 §3.1, §5).
    fn locations(self, issuer: &str, url: &EndpointUrl) -> Vec<String> {
        let appended = well_known_appended(issuer, "openid-configuration");
        let oauth = well_known_inserted(url.url(), "oauth-authorization-server");
        // The same as the first for an issuer without a path.
        let has_path = !url.url().path().trim_matches('/').is_empty();
        let inserted = has_path.then(|| well_known_inserted(url.url(), "openid-configuration"));
        match self {
            Self::OpenIdFirst => [appended, oauth].into_iter().chain(inserted).collect(),
            Self::OAuthFirst => [oauth].into_iter().chain(inserted).chain([appended]).collect(),
        }
    }
}

async fn fetch(
    issuer: &str,
    url: &EndpointUrl,
    transport: &Transport,
    plain_http: PlainHttp,
    order: Order,
) -> Result<(ServerMetadata, Duration)> {
    let mut locations = order.locations(issuer, url).into_iter();
    let mut location = locations.next().unwrap_or_default();
    let mut answer = get(&location, transport, plain_http).await?;
    for next in locations {
        if !is_absent(answer.status()) {
            break;
        }
        answer = get(&next, transport, plain_http).await?;
        location = next;
    }
    let metadata: ServerMetadata = read(&location, &answer, "is the issuer right?")?;
    if metadata.issuer != issuer {
        return Err(Error::new(
            Kind::Security,
            format!(
                "the metadata at {} is of the issuer {:?}, not of {:?}: the two must be equal character by character (RFC 8414 \
                 §3.3); use the one that the server calls itself, if you trust it",
                ServerText::new(&location),
                ServerText::new(&metadata.issuer),
                ServerText::new(issuer),
            ),
        ));
    }
    Ok((metadata, lifetime(answer.headers())))
}
