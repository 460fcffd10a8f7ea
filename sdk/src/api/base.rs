use url::Url;

use super::ApiPath;
use super::path::{RelativePath, has_dots};
use crate::error::{Error, Result};
use crate::text::ServerText;
use crate::wire::{EndpointUrl, PlainHttp, bypasses_proxies};

/// The base URL of an API: what every request's URL begins with.
#[derive(Clone, Debug)]
pub(crate) struct Base {
    url: Url,
    /// The URL with exactly one `/` at its end: a path is appended, never resolved, so that none leads elsewhere.
    prefix: String,
    /// The path of `prefix`.
    path: String,
}

/// Longer paths are refused: a [`Url`] holds 4 GiB, and panics beyond that. No server takes a thousandth of this.
const MAX_PATH: usize = 256 * 1024 * 1024;

impl Base {
    pub(crate) fn parse(text: &str, plain_http: PlainHttp) -> Result<Self> {
        let url = EndpointUrl::parse("base URL of the API", text, plain_http)?.url().clone();
        if url.query().is_some() {
            return Err(Error::configuration(
                "the base URL of the API must not have a query (`?..`): give it with each request, by `.query(..)`",
            ));
        }
        Ok(Self::new(url))
    }

    fn new(url: Url) -> Self {
        let text = url.as_str();
        let prefix = format!("{}/", text.strip_suffix('/').unwrap_or(text));
        let path = format!("{}/", url.path().strip_suffix('/').unwrap_or(url.path()));
        Self { url, prefix, path }
    }

    /// Whether it is plain `http` to this machine.
    pub(super) fn bypasses_proxies(&self) -> bool {
        bypasses_proxies(&self.url)
    }

    /// The URL of a path below this base.
    pub(super) fn join(&self, path: ApiPath) -> Result<Url> {
        let Some(RelativePath(mut path)) = path.into_inner()? else { return Ok(self.url.clone()) };
        if path.len() > MAX_PATH {
            return Err(Error::configuration("the path is longer than a URL can be"));
        }
        let query = path.find('?').map(|start| path.split_off(start));
        path.insert_str(0, &self.path);
        // Host and port need not be read again.
        let mut url = self.url.clone();
        url.set_path(&path);
        if let Some(query) = query {
            url.set_query(query.strip_prefix('?'));
        }
        // The path was made so that this holds; it is what keeps the token where it belongs, so it is looked at.
        if !self.contains(&url) {
            return Err(Error::configuration("the path would leave the API's base URL"));
        }
        Ok(url)
    }

    /// The base of a part of the API.
    pub(super) fn below(&self, path: ApiPath) -> Result<Self> {
        let url = self.join(path)?;
        match url.query() {
            None => Ok(Self::new(url)),
            Some(_) => Err(Error::configuration(
                "the path of a part of the API must not have a query (`?..`): give it with each request, by `.query(..)`",
            )),
        }
    }

    /// Whether the URL is the base or below it.
    pub(super) fn contains(&self, url: &Url) -> bool {
        match url.as_str().strip_prefix(self.url.as_str()) {
            Some(rest) if rest.is_empty() || rest.starts_with(['?', '#']) => true,
            _ => url.as_str().starts_with(&self.prefix),
        }
    }

    /// Whether a token may go to a URL that was not made from this base.
    pub(crate) fn covers(&self, url: &Url) -> bool {
        self.contains(url) && !has_dots(url.path())
    }

    #[cfg(any(feature = "reqwest-middleware", feature = "tower"))]
    pub(crate) fn url(&self) -> &Url {
        &self.url
    }

    /// Whether the token may go to a URL that the API names for the next request.
    pub(super) fn check_named_by_server(&self, url: &Url) -> Result<()> {
        if self.covers(url) {
            return Ok(());
        }
        let (host, path) = (url.host_str().unwrap_or_default(), ServerText::new(url.path()));
        let there = ServerText::new(&format!("{}://{host}", url.scheme()));
        Err(Error::security(format!(
            "the API leads to {there}{path}, which is not below its base URL {}: the token does not go there. Where it is right, \
             begin with that base URL",
            self.url
        )))
    }

    /// Of an `https` or `http` URL: there always is one.
    pub(super) fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    pub(crate) fn as_str(&self) -> &str {
        self.url.as_str()
    }
}
