use std::fmt;

use super::query::Query;
use crate::error::{Error, Fault, Result};

/// A request by which the server has a person's browser log them out of this program (OpenID Connect Front-Channel Logout
/// 1.0 §2): it comes to the `frontchannel_logout_uri`, in a frame.
///
/// Any page can send a browser there. It may end a session of that browser, and do nothing more. `Debug` does not show the
/// session.
///
/// ```
/// use grantkit::endpoint::FrontchannelLogout;
///
/// let request = "/logout?iss=https%3A%2F%2Fas.example&sid=08a5019c";
/// let logout = FrontchannelLogout::read(request, "https://as.example")?;
/// assert_eq!(logout.session(), Some("08a5019c")); // the `sid` of the ID token of the session to end
/// # Ok::<(), grantkit::Error>(())
/// ```
#[derive(Clone)]
pub struct FrontchannelLogout {
    session: Option<String>,
}

impl FrontchannelLogout {
    /// Reads the request, its URL or its query, from this issuer.
    ///
    /// # Errors
    ///
    /// [`is_security`](Error::is_security) where it is another issuer's, or has one of `iss` and `sid` without the other.
    pub fn read(request: &str, issuer: &str) -> Result<Self> {
        let refused = |why: &str| Err(Error::new(Fault::Security, format!("the logout request is refused: {why}")));
        let query = Query::of(request)?;
        match (query.get("iss"), query.get("sid")) {
            (None, None) => Ok(Self { session: None }),
            (Some(named), Some(_)) if named != issuer => refused("it is of another issuer (`iss`)"),
            (Some(_), Some(session)) if !session.is_empty() => Ok(Self { session: Some(session.to_owned()) }),
            _ => refused("`iss` and `sid` belong together"),
        }
    }

    /// The session to end: the `sid` of its ID token. `None` where the server does not say: then that of this browser.
    pub fn session(&self) -> Option<&str> {
        self.session.as_deref()
    }
}

impl fmt::Debug for FrontchannelLogout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FrontchannelLogout").finish_non_exhaustive()
    }
}
