use url::Url;

use super::page::Pages;
use super::{LoopbackAddress, LoopbackListener, LoopbackOutcome, LoopbackPage};
use crate::error::{Error, Result};

/// What the server accepts without a path of its own being registered.
const PATH: &str = "/callback";

/// Configures a [`LoopbackListener`].
///
/// ```
/// use grantkit::authorize::{LoopbackAddress, LoopbackListener};
///
/// # async fn example() -> grantkit::Result<()> {
/// let listener = LoopbackListener::builder().address(LoopbackAddress::Ipv4).path("/signed-in").bind().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "call `.bind()`"]
pub struct LoopbackListenerBuilder {
    address: LoopbackAddress,
    port: u16,
    preferred_port: Option<u16>,
    path: String,
    pages: Pages,
}

impl LoopbackListenerBuilder {
    pub(super) fn new() -> Self {
        let (address, pages) = (LoopbackAddress::default(), Pages::default());
        Self { address, port: 0, preferred_port: None, path: PATH.to_owned(), pages }
    }

    /// Sets the address; both loopback addresses unless set.
    pub fn address(mut self, address: LoopbackAddress) -> Self {
        self.address = address;
        self
    }

    /// Sets the port, for servers that compare it; a free one unless set, which no other program can occupy beforehand.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Sets the port if it is free, else uses another: that of an earlier run, which a registration may contain
    /// ([`RegisteredClient::loopback_port`](crate::registration::RegisteredClient::loopback_port)).
    pub fn port_if_free(mut self, port: impl Into<Option<u16>>) -> Self {
        self.preferred_port = port.into();
        self
    }

    /// Sets the path of the redirect URI, as registered; `/callback` unless set.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }

    /// Names the program on the page that the person sees in the end.
    ///
    /// The page shows a mark for success, refusal and error, and is in the browser's language (`Accept-Language`): Arabic, Chinese
    /// (simplified and traditional), Dutch, English, French, German, Hebrew, Italian, Japanese, Korean, Polish, Portuguese, Spanish and
    /// Swedish.
    pub fn program(mut self, name: impl Into<String>) -> Self {
        self.pages.program = Some(name.into());
        self
    }

    /// Ends with a page of the program's own: other words, a whole document, or the way to a page elsewhere.
    pub fn page(mut self, outcome: LoopbackOutcome, page: LoopbackPage) -> Self {
        self.pages.own.push((outcome, page));
        self
    }

    /// Starts listening.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the path is none, the port is taken, or this machine does not let
    /// it.
    pub async fn bind(self) -> Result<LoopbackListener> {
        let as_it_is_requested = Url::parse("http://127.0.0.1").and_then(|url| url.join(&self.path));
        if !as_it_is_requested.is_ok_and(|url| url.path() == self.path && url.host_str() == Some("127.0.0.1")) {
            return Err(Error::configuration(format!(
                "{:?} is no path of a redirect URI: write it as it stands in the URL, with the slash that it begins with",
                self.path
            )));
        }
        let failed = |error: std::io::Error| {
            Error::configuration("cannot listen on a loopback address for the browser to come back").with_source(error)
        };
        let preferred = match self.preferred_port {
            Some(port) => self.address.bind(port).await.ok(),
            None => None,
        };
        let (listeners, host) = match preferred {
            Some(bound) => bound,
            None => self.address.bind(self.port).await.map_err(failed)?,
        };
        let first = listeners.first().map_or(Ok(self.port), |first| first.local_addr().map(|address| address.port()));
        Ok(LoopbackListener {
            port: first.map_err(failed)?,
            listeners,
            host,
            path: self.path,
            pages: self.pages,
            start: None,
        })
    }
}
