//! The parameters of a request.

use axum::response::Response;
use http::HeaderMap;
use http::header::CONTENT_TYPE;

use crate::oauth_error::{Code, OAuthError};

/// Parameters in the order in which they were sent.
#[derive(Clone, Debug)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads a form body; anything else is refused (RFC 6749 §3.2).
    pub(crate) fn from_body(headers: &HeaderMap, body: &[u8]) -> Result<Self, OAuthError> {
        let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let media_type = content_type.split(';').next().unwrap_or_default().trim();
        if !media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err(OAuthError::new(Code::InvalidRequest, "the body is not application/x-www-form-urlencoded"));
        }
        Ok(Self::parse(body))
    }

    pub(crate) fn parse(encoded: &[u8]) -> Self {
        // RFC 6749 §3.1, §3.2: a parameter without a value counts as not sent.
        let parameters = form_urlencoded::parse(encoded).into_owned();
        Self(parameters.filter(|(_, value)| !value.is_empty()).collect())
    }

    #[cfg(feature = "catalogue")]
    pub(crate) fn from_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect())
    }

    /// Sets a parameter, in place of those of that name.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.remove(name);
        self.0.push((name.to_owned(), value.into()));
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.0.retain(|(key, _)| key != name);
    }

    #[cfg(feature = "catalogue")]
    pub(crate) fn rename(&mut self, from: &str, to: &str) {
        for (key, _) in self.0.iter_mut().filter(|(key, _)| key == from) {
            to.clone_into(key);
        }
    }

    /// Returns a parameter that must not be sent twice (RFC 6749 §3.1, §3.2).
    pub(crate) fn one(&self, name: &str) -> Result<Option<&str>, OAuthError> {
        let mut values = self.all(name);
        let first = values.next();
        if values.next().is_some() {
            return Err(OAuthError::new(Code::InvalidRequest, format!("{name} is sent twice")));
        }
        Ok(first)
    }

    pub(crate) fn required(&self, name: &str) -> Result<&str, OAuthError> {
        self.one(name)?.ok_or_else(|| OAuthError::new(Code::InvalidRequest, format!("{name} is missing")))
    }

    pub(crate) fn all<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Returns the values of `audience` and `resource` (RFC 8707 §2), which may both be sent several times.
    pub(crate) fn audience(&self) -> Vec<String> {
        self.all("audience").chain(self.all("resource")).map(ToOwned::to_owned).collect()
    }
}

/// What an endpoint answers.
pub(crate) type Answer = Result<Response, OAuthError>;
