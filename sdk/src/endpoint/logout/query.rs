use std::borrow::Cow;

use url::Url;

use crate::error::{Error, Fault, OAuthFailure, Result};
use crate::text::ServerText;

/// The parameters that a browser brings.
pub(super) struct Query<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl<'a> Query<'a> {
    /// Of a URL, or a query by itself; nothing in it occurs twice (RFC 6749 §3.1).
    pub(super) fn of(text: &'a str) -> Result<Self> {
        let text = text.split_once('#').map_or(text, |(text, _)| text);
        let is_url = text.starts_with('/') || Url::parse(text).is_ok();
        let query = if is_url {
            text.split_once('?').map_or("", |(_, query)| query)
        } else {
            text.strip_prefix('?').unwrap_or(text)
        };
        let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
        let occurs_twice = |name: &str| pairs.iter().filter(|(other, _)| other == name).count() > 1;
        if ["state", "error", "iss", "sid"].into_iter().any(occurs_twice) {
            return Err(Error::new(Fault::Security, "a parameter that came with the browser is there twice"));
        }
        Ok(Self(pairs))
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_ref())
    }

    /// The error that the server sent the browser back with.
    pub(super) fn failure(&self) -> Option<Error> {
        let code = ServerText::new(self.get("error")?);
        let description = self.get("error_description").map(ServerText::new);
        let uri = self.get("error_uri").and_then(|uri| ServerText::url(uri, []));
        Some(Error::oauth(OAuthFailure { code, description, uri }, None))
    }
}
