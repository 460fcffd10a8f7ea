use url::Url;

use super::{Login, wait};
use crate::authorize::{self, PendingLogin, ReceivedCode};
#[cfg(feature = "loopback")]
use crate::authorize::{LoopbackListener, RedirectUri};
use crate::error::Result;

/// The login of a person in a browser: [`AuthorizationCode`](authorize::AuthorizationCode) whose methods block. It is made of that one, once its
/// scopes and parameters are set.
///
/// ```no_run
/// use grantkit::authorize::PendingLogin;
/// use grantkit::integrations::blocking::{AuthorizationCode, Credentials};
/// use grantkit::prelude::*;
///
/// # fn send_there(_: &str) -> String { String::new() }
/// # fn example(client: Client) -> Result<()> {
/// let login = client.authorization_code("https://app.example/callback")?.scope("read:invoices");
/// let login = AuthorizationCode::from(login);
/// let (url, pending) = login.start()?; // keep `pending` in the session
/// let callback = send_there(url.as_str());
/// let credentials = login.finish(pending, &callback)?.credentials("web")?;
/// # let _: Credentials = credentials;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "call `.start()`"]
pub struct AuthorizationCode(authorize::AuthorizationCode);

impl AuthorizationCode {
    /// The address to send the browser to, and what [`finish`](Self::finish) needs, as [`AuthorizationCode::start`](authorize::AuthorizationCode::start).
    pub fn start(&self) -> Result<(Url, PendingLogin)> {
        self.0.start()
    }

    /// The same in whatever way the server and the program want, as [`AuthorizationCode::begin`](authorize::AuthorizationCode::begin).
    pub fn begin(&self) -> Result<(Url, PendingLogin)> {
        wait(self.0.begin())
    }

    /// The same by a pushed request (RFC 9126), as [`AuthorizationCode::push`](authorize::AuthorizationCode::push).
    pub fn push(&self) -> Result<(Url, PendingLogin)> {
        wait(self.0.push())
    }

    /// The same by a signed request (RFC 9101), as [`AuthorizationCode::start_signed`](authorize::AuthorizationCode::start_signed).
    pub fn start_signed(&self) -> Result<(Url, PendingLogin)> {
        wait(self.0.start_signed())
    }

    /// Finishes the login with what the browser came back with, as [`AuthorizationCode::finish`](authorize::AuthorizationCode::finish).
    pub fn finish(&self, pending: PendingLogin, callback: impl AsRef<str> + Send) -> Result<Login> {
        wait(self.0.finish(pending, callback)).map(Login::from)
    }

    /// Gets the token for a code that another program received, as
    /// [`AuthorizationCode::finish_received`](authorize::AuthorizationCode::finish_received).
    pub fn finish_received(&self, received: ReceivedCode) -> Result<Login> {
        wait(self.0.finish_received(received)).map(Login::from)
    }
}

impl From<authorize::AuthorizationCode> for AuthorizationCode {
    fn from(login: authorize::AuthorizationCode) -> Self {
        Self(login)
    }
}

/// Logs a person in with the browser of this machine (RFC 8252), on a loopback address of its own, and waits for it: at most five minutes.
///
/// `login` makes the login for this redirect URI; the feature `browser` opens the browser, and `show` is told the address in any case, as not
/// every system can tell whether one has opened.
/// For other ports, pages or time-outs, wait for [`NativeLogin`](authorize::NativeLogin) with [`wait`].
///
/// ```no_run
/// use grantkit::integrations::blocking::native_login;
/// use grantkit::prelude::*;
///
/// # fn example(client: Client) -> Result<()> {
/// let login = native_login(
///     |callback| Ok(client.authorization_code(callback)?.scope("read:invoices")),
///     |url| eprintln!("If no browser opens, go to {url}"),
/// )?;
/// let credentials = login.credentials("tool")?;
/// # let _ = credentials;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// As [`AuthorizationCode::native`](authorize::AuthorizationCode::native) and [`LoopbackListener::bind`].
#[cfg(feature = "loopback")]
pub fn native_login(
    login: impl FnOnce(RedirectUri) -> Result<authorize::AuthorizationCode>,
    show: impl FnOnce(&Url) + Send + 'static,
) -> Result<Login> {
    let listener = wait(LoopbackListener::bind())?;
    let login = login(listener.redirect_uri()?)?;
    wait(login.native(listener).show(show)).map(Login::from)
}
