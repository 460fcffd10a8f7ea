use url::Url;

use crate::error::{Error, Result};
use crate::wire::is_loopback;

/// Where the routes are: beside the callback, whose address is registered at the server.
#[derive(Debug)]
pub(super) struct Addresses {
    /// As browsers write it in `Origin`.
    pub(super) origin: String,
    /// Whether the browser comes by TLS. By plain `http` only to this machine, as a redirect URI may.
    pub(super) is_secure: bool,
    /// The port, where cookies have to be told apart by it: on this machine, where every program is the same host.
    pub(super) port: Option<u16>,
    folder: String,
    callback: String,
}

pub(super) const LOGIN: &str = "login";
pub(super) const LOGOUT: &str = "logout";
pub(super) const BACKCHANNEL_LOGOUT: &str = "backchannel-logout";

impl Addresses {
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where no route can be there.
    pub(super) fn beside(redirect_uri: &str) -> Result<Self> {
        let url = Url::parse(redirect_uri).map_err(|error| {
            Error::configuration(format!(
                "the redirect URI {redirect_uri:?} is not a URL: write it in full, as `https://app.example/callback`"
            ))
            .with_source(error)
        })?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(Error::configuration(format!(
                "the redirect URI of a web application is https, or http on 127.0.0.1, [::1] or localhost, not {:?}",
                url.scheme()
            )));
        }
        let (folder, callback) = url.path().rsplit_once('/').unwrap_or_default();
        let is_reserved = [LOGIN, LOGOUT, BACKCHANNEL_LOGOUT, ""].contains(&callback);
        if is_reserved || url.path().split('/').any(|segment| segment.starts_with([':', '*'])) {
            return Err(Error::configuration(format!(
                "the path of the redirect URI, {:?}, cannot be the callback's: register one such as /auth/callback, beside which \
                 /auth/login and /auth/logout are free",
                url.path()
            )));
        }
        let is_secure = url.scheme() == "https";
        Ok(Self {
            origin: url.origin().ascii_serialization(),
            is_secure,
            port: (!is_secure && is_loopback(&url)).then(|| url.port_or_known_default()).flatten(),
            folder: format!("{folder}/"),
            callback: callback.to_owned(),
        })
    }

    pub(super) fn callback(&self) -> &str {
        &self.callback
    }

    /// What is before the last segment of each, with the slash.
    pub(super) fn folder(&self) -> &str {
        &self.folder
    }

    /// The whole path of one of them.
    pub(super) fn path(&self, name: &str) -> String {
        format!("{}{name}", self.folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_routes_are_beside_the_callback() {
        let addresses = Addresses::beside("https://app.example/auth/callback").unwrap();
        assert_eq!((addresses.path(LOGIN).as_str(), addresses.path(LOGOUT).as_str()), ("/auth/login", "/auth/logout"));
        assert_eq!((addresses.origin.as_str(), addresses.is_secure), ("https://app.example", true));
        let addresses = Addresses::beside("http://127.0.0.1:8080/callback").unwrap();
        assert_eq!((addresses.path(LOGIN).as_str(), addresses.port), ("/login", Some(8080)));
        assert_eq!((addresses.origin.as_str(), addresses.is_secure), ("http://127.0.0.1:8080", false));
    }

    #[test]
    fn redirect_uri_that_no_route_can_have_is_an_error_and_no_panic() {
        let refused = [
            "com.example.app:/callback",
            "https://app.example",
            "https://app.example/login",
            "https://app.example/auth/logout",
            "https://app.example/:tenant/callback",
            "https://app.example/*rest",
        ];
        for uri in refused {
            assert!(Addresses::beside(uri).unwrap_err().is_configuration(), "{uri}");
        }
    }
}
