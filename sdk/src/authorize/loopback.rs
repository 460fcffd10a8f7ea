mod address;
mod answer;
mod builder;
mod connection;
mod language;
mod message;
mod own_page;
mod page;
mod start;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use url::{Host, Url};

pub use address::LoopbackAddress;
pub use builder::LoopbackListenerBuilder;
pub use own_page::{LoopbackOutcome, LoopbackPage};

use super::{AuthorizationCode, PendingLogin, RedirectUri};
use crate::error::{Error, Fault, Result};
use answer::{Ending, Wait};
use connection::accept;
use page::Pages;
use start::Start;

/// Receives the browser of a native app on the loopback addresses, on a port that is free (RFC 8252 §7.3).
///
/// It takes one answer to one login: by query, by form post or in the fragment, whichever the login asked for, signed
/// (JARM) or not. Everything else is turned away and does not end the wait: icons, other paths, the answers to other
/// logins, requests for another host (DNS rebinding). [`AuthorizationCode::native`](super::AuthorizationCode::native)
/// makes a whole login of it, browser included.
///
/// ```no_run
/// use std::time::Duration;
/// use grantkit::prelude::*;
///
/// # async fn example(client: Client) -> Result<()> {
/// let listener = LoopbackListener::bind().await?;
/// let login = client.authorization_code(listener.redirect_uri()?)?.scope("read:invoices");
/// let (url, pending) = login.start()?;
/// println!("Open {url}");
/// let callback = listener.receive(&pending, Duration::from_secs(300)).await?;
/// let credentials = login.finish(pending, callback).await?.credentials("tool").await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct LoopbackListener {
    /// One or two, that of the redirect URI first, all on the same port.
    listeners: Vec<TcpListener>,
    host: &'static str,
    port: u16,
    path: String,
    pages: Pages,
    start: Option<Arc<Start>>,
}

impl LoopbackListener {
    /// Listens on a free port of `127.0.0.1` and `[::1]`, or of one of them if this machine has only one.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where this machine does not let it.
    pub async fn bind() -> Result<Self> {
        Self::builder().bind().await
    }

    /// Configures the address, the port or the path.
    pub fn builder() -> LoopbackListenerBuilder {
        LoopbackListenerBuilder::new()
    }

    /// The redirect URI that leads here, on `127.0.0.1` where it listens there, else on `[::1]`; servers let its port vary
    /// (RFC 8252 §7.3).
    ///
    /// # Errors
    ///
    /// None in practice: the URI is well-formed.
    pub fn redirect_uri(&self) -> Result<RedirectUri> {
        self.redirect_uri_on(self.host)
    }

    /// The port that it listens on: for the listener of a later login with the same redirect URI, by
    /// [`LoopbackListenerBuilder::port`].
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The same as [`redirect_uri`](Self::redirect_uri) with the name `localhost`, for servers that know no other; the addresses are
    /// better, since a name can lead elsewhere (RFC 8252 §8.3).
    ///
    /// # Errors
    ///
    /// None in practice: the URI is well-formed.
    pub fn localhost_redirect_uri(&self) -> Result<RedirectUri> {
        self.redirect_uri_on("localhost")
    }

    /// Waits for the browser to come back to this login, and shows the person a page that says so. What it gives is for
    /// [`finish`](super::AuthorizationCode::finish).
    ///
    /// The wait ends with the first answer that carries this login's `state`, and its port is closed then, as it is when
    /// this future is dropped, which cancels the wait. An encrypted answer cannot be looked into here (a
    /// [`NativeLogin`](super::NativeLogin) can): the first one that the browser's window comes with ends the wait.
    ///
    /// An `error` without a `state`, as servers send it that fail early, ends it too, where the browser's window was sent here with
    /// it: `finish` shows it, as something that may be forged. A picture or a script of any page can ask for this
    /// address as well; such an error, and one of a browser that does not say what it asks for (Fetch Metadata), is given
    /// when the time is over and nothing better came.
    ///
    /// # Errors
    ///
    /// [`is_timeout`](Error::is_timeout) if no answer came in time. In a [`NativeLogin`](super::NativeLogin) also
    /// [`is_security`](Error::is_security) if a second browser or program opened the address that the browser was started with.
    pub async fn receive(self, pending: &PendingLogin, limit: Duration) -> Result<String> {
        self.receive_with(None, pending, limit).await
    }

    /// The same for a login whose key opens encrypted answers.
    pub(super) async fn receive_with(
        self,
        login: Option<AuthorizationCode>,
        pending: &PendingLogin,
        limit: Duration,
    ) -> Result<String> {
        let (came, mut comes) = mpsc::channel(1);
        let path = self.path_of(pending);
        let wait = Wait::new(pending, self.port, path, self.start, self.pages).with_login(login);
        let wait = Arc::new(wait);
        // Ends with this future: a task set aborts its tasks when it is dropped.
        let mut tasks = JoinSet::new();
        for listener in self.listeners {
            tasks.spawn(accept(listener, Arc::clone(&wait), came.clone()));
        }
        match tokio::time::timeout(limit, comes.recv()).await {
            Ok(Some(Ending::Callback(callback))) => return Ok(callback),
            Ok(Some(Ending::OpenedTwice)) => return Err(opened_twice()),
            Ok(None) | Err(_) => {}
        }
        wait.unauthenticated().ok_or_else(|| {
            Error::new(
                Fault::Timeout,
                format!("the browser did not come back within {} s: start the login again", limit.as_secs()),
            )
        })
    }

    /// An address of this listener's that leads on to that one, while it waits: to start a browser with, since what a program
    /// is started with is in process lists and logs.
    pub(super) fn lead_to(&mut self, url: &Url, pending: &PendingLogin) -> Result<Url> {
        let invalid = |_| Error::configuration("the address to log in at cannot be written in a header");
        let start = Start::new(HeaderValue::from_str(url.as_str()).map_err(invalid)?, pending.is_answered_by_form());
        // By the name that the browser comes back to, for which it keeps its cookie.
        let names = [self.host, "localhost", "127.0.0.1", "[::1]"];
        let here = |host: &str| format!("http://{host}:{}", self.port);
        let comes_back =
            |host: &&str| pending.redirect_uri.strip_prefix(&here(host)).is_some_and(|rest| rest.starts_with('/'));
        let host = names.into_iter().find(comes_back);
        if host.is_none() {
            start.bypass();
        }
        let address = Url::parse(&format!("{}{}", here(host.unwrap_or(self.host)), start.path()));
        self.start = Some(Arc::new(start));
        address.map_err(|error| Error::configuration("the listener's address is not a valid URL").with_source(error))
    }

    /// To be called when the person is shown the server's address, and may open it with any browser.
    pub(super) fn bypass(&self) -> impl Fn() + Send + 'static {
        let start = self.start.clone();
        move || {
            if let Some(start) = &start {
                start.bypass();
            }
        }
    }

    /// Refuses a redirect URI that leads elsewhere: no browser would come here with the answer.
    pub(super) fn check(&self, redirect_uri: &RedirectUri) -> Result<()> {
        let is_own_path = |path: &str| path == self.path || redirect_uri.is_of_issuer() && self.is_below(path);
        let leads_here =
            Url::parse(redirect_uri.as_str()).is_ok_and(|url| self.is_reached_by(&url) && is_own_path(url.path()));
        if leads_here {
            return Ok(());
        }
        let own = self.redirect_uri_on(self.host)?;
        Err(Error::configuration(format!(
            "the login's redirect URI {:?} does not lead to its listener, which is at {:?}: make the login with `listener.redirect_uri()`, or \
             listen at the login's own port by `LoopbackListener::builder().port(..)`",
            redirect_uri.as_str(),
            own.as_str()
        )))
    }

    /// Where the answer is waited for: that of the redirect URI, which may have a segment of its issuer's behind this listener's path.
    fn path_of(&self, pending: &PendingLogin) -> String {
        let of_issuer = Some(&pending.redirect_uri).filter(|_| pending.redirect_uri_of_issuer);
        let of_issuer = of_issuer.and_then(|uri| Url::parse(uri).ok()).filter(|url| self.is_below(url.path()));
        of_issuer.map_or_else(|| self.path.clone(), |url| url.path().to_owned())
    }

    fn is_below(&self, path: &str) -> bool {
        path.strip_prefix(self.path.trim_end_matches('/')).is_some_and(|rest| rest.len() > 1 && rest.starts_with('/'))
    }

    fn is_reached_by(&self, url: &Url) -> bool {
        let listens_on = |ip: IpAddr| self.listeners.iter().any(|one| one.local_addr().is_ok_and(|at| at.ip() == ip));
        let is_own_host = match url.host() {
            Some(Host::Ipv4(ip)) => listens_on(ip.into()),
            Some(Host::Ipv6(ip)) => listens_on(ip.into()),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        };
        url.scheme() == "http" && is_own_host && url.port_or_known_default() == Some(self.port)
    }

    fn redirect_uri_on(&self, host: &str) -> Result<RedirectUri> {
        RedirectUri::new(format!("http://{host}:{}{}", self.port, self.path)).map(RedirectUri::distinct_per_issuer)
    }
}

fn opened_twice() -> Error {
    Error::security(
        "the address that the browser was started with was opened twice, by two browsers or programs: another user of this machine, who \
         can read what programs are started with, may log in with an account of their own, so the login was given up. Start it again; \
         if that happens once more, have the address shown and open it by hand (`.open_with(..)` that opens nothing, and `.show(..)`)",
    )
}
