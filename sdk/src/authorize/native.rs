use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use url::Url;

use super::{AuthorizationCode, LoopbackListener, browser};
use crate::error::Result;
use crate::grant::Login;

/// Time enough to find a password and a second factor.
const LIMIT: Duration = Duration::from_mins(5);

type Open = Box<dyn FnOnce(&Url) -> Result<()> + Send>;
type Show = Box<dyn FnOnce(&Url) + Send>;

/// A whole login of a native app (RFC 8252): the browser opens, the person logs in, the token is there. To be awaited.
///
/// ```no_run
/// use grantkit::prelude::*;
///
/// # async fn example() -> Result<()> {
/// let client = Client::builder().client_id("tool").public().discover("https://as.example").await?;
/// let listener = LoopbackListener::bind().await?;
/// let login = client
///     .authorization_code(listener.redirect_uri()?)?
///     .scope("read:invoices")
///     .native(listener)
///     .or_show(|url| eprintln!("Open this address to log in: {url}"))
///     .await?;
/// let credentials = login.credentials("tool").await?;
/// # Ok(())
/// # }
/// ```
///
/// With the feature `browser`, the browser is started with an address of the listener's, which leads on to the server: what
/// the request says of the person is in no process list and no log of this machine's. That address works once, and the answer is
/// taken from the browser that opened it (by a cookie; not for an answer by [form post](super::ResponseMode::FormPost), with which
/// browsers send none).
#[must_use = "call `.await`"]
pub struct NativeLogin {
    login: AuthorizationCode,
    listener: LoopbackListener,
    limit: Duration,
    /// Unless there is one, the browser of the desktop.
    open: Option<Open>,
    show: Option<Show>,
    shows_always: bool,
}

impl AuthorizationCode {
    /// Logs the person in with the browser of this machine: [`start`](Self::start), or [`push`](Self::push) where the request
    /// has to be pushed, opening the browser, waiting, and [`finish`](Self::finish). To be awaited.
    ///
    /// # Errors
    ///
    /// As those; [`is_configuration`](crate::Error::is_configuration) where the login's redirect URI does not lead to the listener;
    /// [`is_timeout`](crate::Error::is_timeout) where the person did not come back in time;
    /// [`is_unsupported`](crate::Error::is_unsupported) where no browser can be opened (the feature `browser` opens it), and nothing
    /// [shows](NativeLogin::or_show) the address instead.
    pub fn native(self, listener: LoopbackListener) -> NativeLogin {
        NativeLogin { login: self, listener, limit: LIMIT, open: None, show: None, shows_always: false }
    }
}

impl NativeLogin {
    /// How long the person may take; 5 minutes unless set.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Hands the address to the program where no browser can be opened, to be shown to the person, who opens it anywhere on
    /// this machine.
    pub fn or_show(mut self, show: impl FnOnce(&Url) + Send + 'static) -> Self {
        self.show = Some(Box::new(show));
        self.shows_always = false;
        self
    }

    /// The same whether or not a browser opens: not every system can tell.
    pub fn show(mut self, show: impl FnOnce(&Url) + Send + 'static) -> Self {
        self.show = Some(Box::new(show));
        self.shows_always = true;
        self
    }

    /// Opens the browser at the address in another way than with the feature `browser`; it is called on a thread where it may
    /// block.
    pub fn open_with(mut self, open: impl FnOnce(&Url) -> Result<()> + Send + 'static) -> Self {
        self.open = Some(Box::new(open));
        self
    }

    async fn run(self) -> Result<Login> {
        let Self { login, mut listener, limit, open, mut show, shows_always } = self;
        listener.check(login.redirect_uri()?)?;
        let (url, pending) = login.begin().await?;
        let (address, open) = match open {
            Some(open) => (url.clone(), open),
            None => (listener.lead_to(&url, &pending)?, Box::new(browser::open) as Open),
        };
        let bypass = listener.bypass();
        if let Some(show) = show.take_if(|_| shows_always) {
            bypass();
            show(&url);
        }
        // Beside the wait: a browser in a terminal is there until the person leaves it.
        let mut opening = Some(tokio::task::spawn_blocking(move || open(&address)));
        let mut wait = Box::pin(listener.receive_with(Some(login.clone()), &pending, limit));
        let outcome = poll_fn(|context| {
            if let Some(Poll::Ready(outcome)) = opening.as_mut().map(|opening| Pin::new(opening).poll(context)) {
                opening = None;
                let outcome = outcome.unwrap_or_else(|error| Err(browser::failure("it panicked").with_source(error)));
                match (outcome, show.take()) {
                    (Err(_), Some(show)) => {
                        bypass();
                        show(&url);
                    }
                    (Err(error), None) if !shows_always => return Poll::Ready(Err(error)),
                    _ => {}
                }
            }
            wait.as_mut().poll(context)
        })
        .await;
        drop(wait);
        login.finish(pending, outcome?).await
    }
}

impl IntoFuture for NativeLogin {
    type Output = Result<Login>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl fmt::Debug for NativeLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NativeLogin")
            .field("listener", &self.listener)
            .field("timeout", &self.limit)
            .finish_non_exhaustive()
    }
}
