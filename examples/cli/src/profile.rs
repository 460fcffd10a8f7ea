//! What a profile says: which server, which client, which API.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::failure::Failure;

/// One `[profiles.<name>]` of the file.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub(crate) struct Profile {
    /// The provider's name in the catalogue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) provider: Option<String>,
    /// In place of a provider: the issuer, whose metadata is discovered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) issuer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) client_id: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) scopes: Vec<String>,
    /// The base URL of the API; the token goes nowhere else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) api: Option<String>,
    #[serde(default, skip_serializing_if = "Grant::is_login")]
    pub(crate) grant: Grant,
    /// Whether tokens are bound to a key (RFC 9449).
    #[serde(default, skip_serializing_if = "is_false")]
    pub(crate) dpop: bool,
    /// The redirect URI, where it is not `http://127.0.0.1/callback` that is registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) redirect_uri: Option<String>,
    /// The port of the redirect URI, where the server compares it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) redirect_port: Option<u16>,
    /// What tokens are for, by the server's word for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) audience: Option<String>,
    /// The same as a URL (RFC 8707).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) resource: Option<String>,
    /// The user name that goes with the token where a program wants one (git, docker).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) username: Option<String>,
    /// The hosts beside the API's that git and docker may have the token for, with a port where it is not the usual one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) hosts: Vec<String>,
    /// Environment variables that secrets are in, by key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) environment: BTreeMap<String, String>,
    /// With an issuer: how the client authenticates, and what is given in for tokens. Another key of the file is here, too: it is unknown.
    #[serde(flatten)]
    pub(crate) further: BTreeMap<String, toml::Value>,
    /// The provider's keys but `client_id` and `scopes`. In a table of their own: some have the names of keys above.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) keys: BTreeMap<String, toml::Value>,
}

/// How a profile gets its tokens.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, PartialEq, Eq, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub(crate) enum Grant {
    /// A person logs in.
    #[default]
    Login,
    /// The client acts for itself (RFC 6749 §4.4).
    ClientCredentials,
    /// By a JWT of an issuer that the server trusts, which another program keeps in the file `assertion_file` (RFC 7523 §2.1).
    JwtBearer,
    /// By a token of another server, in the file `assertion_file` (RFC 8693).
    TokenExchange,
}

impl Grant {
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
    fn is_login(&self) -> bool {
        *self == Self::Login
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_false(flag: &bool) -> bool {
    !*flag
}

impl Profile {
    /// The issuer or the provider, for people.
    pub(crate) fn server(&self) -> &str {
        self.issuer.as_deref().or(self.provider.as_deref()).unwrap_or_default()
    }

    /// The issuer, the profile's own or that of a provider which has it as a key (`oidc`).
    pub(crate) fn issuer(&self) -> Option<&str> {
        self.issuer.as_deref().or_else(|| self.provider_text("issuer"))
    }

    /// Where a browser comes back to: a provider that has this as a key gets it with each refresh.
    pub(crate) fn redirect_uri(&self) -> Option<&str> {
        self.redirect_uri.as_deref().or_else(|| self.provider_text("redirect_uri"))
    }

    fn provider_text(&self, key: &str) -> Option<&str> {
        self.keys.get(key).and_then(toml::Value::as_str)
    }

    /// Whether a URL is at or below the API's base.
    pub(crate) fn covers(&self, url: &Url) -> bool {
        self.api.as_deref().and_then(|base| below(base, url)).is_some()
    }

    /// Whether the token may be given to a program that talks to this host, `example.com` or `example.com:8443`.
    pub(crate) fn trusts_host(&self, host: &str) -> bool {
        self.trusted_hosts().iter().any(|known| known.eq_ignore_ascii_case(host))
    }

    /// Those hosts: the API's, and those that are listed.
    pub(crate) fn trusted_hosts(&self) -> Vec<String> {
        let of_api = self.api.as_deref().and_then(|base| Url::parse(base).ok()).and_then(|url| host_of(&url));
        self.hosts.iter().cloned().chain(of_api).collect()
    }

    /// The user name for programs that want one.
    pub(crate) fn username(&self) -> &str {
        self.username.as_deref().unwrap_or("oauth2")
    }
}

/// The host, with the port where it is not the scheme's.
pub(crate) fn host_of(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

/// What of the URL comes after the base, where it is below it: same scheme, host and port, and a path below it.
pub(crate) fn below(base: &str, url: &Url) -> Option<String> {
    let base = Url::parse(base).ok()?;
    let has_user = !url.username().is_empty() || url.password().is_some();
    if base.origin() != url.origin() || has_user {
        return None;
    }
    let folder = base.path().trim_end_matches('/');
    let rest = url.path().strip_prefix(folder)?;
    if !rest.is_empty() && !rest.starts_with('/') {
        return None;
    }
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    Some(url.query().map_or_else(|| rest.to_owned(), |query| format!("{rest}?{query}")))
}

/// A name that can be typed, stand in TOML without quotes, and be part of a file's name.
pub(crate) fn check_name(name: &str) -> Result<(), Failure> {
    let is_good = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !name.is_empty() && name.len() <= 64 && name.bytes().all(is_good) {
        return Ok(());
    }
    Err(Failure::usage(format!("{name:?} is no name of a profile: up to 64 letters, digits, `-` and `_`")))
}

#[cfg(test)]
mod tests {
    use super::{Profile, below};
    use url::Url;

    fn rest(base: &str, url: &str) -> Option<String> {
        below(base, &Url::parse(url).ok()?)
    }

    #[test]
    fn only_what_is_below_the_base_is_the_api() {
        let base = "https://api.acme.dev/v1";
        assert_eq!(rest(base, "https://api.acme.dev/v1/a/b?c=d").as_deref(), Some("a/b?c=d"));
        assert_eq!(rest(base, "https://api.acme.dev/v1").as_deref(), Some(""));
        for elsewhere in [
            "https://api.acme.dev/v10/a",
            "https://api.acme.dev/",
            "https://api.acme.dev/v1/../v2",
            "http://api.acme.dev/v1/a",
            "https://api.acme.dev:8443/v1/a",
            "https://api.acme.dev.evil.example/v1/a",
            "https://api.acme.dev@evil.example/v1/a",
            "https://user@api.acme.dev/v1/a",
        ] {
            assert_eq!(rest(base, elsewhere), None, "{elsewhere}");
        }
    }

    #[test]
    fn hosts_are_those_of_the_api_and_those_that_are_listed() {
        let profile = Profile {
            api: Some("https://api.acme.dev/v1".into()),
            hosts: vec!["git.acme.dev:8443".into()],
            ..Profile::default()
        };
        assert!(profile.trusts_host("api.acme.dev") && profile.trusts_host("GIT.acme.dev:8443"));
        assert!(!profile.trusts_host("git.acme.dev") && !profile.trusts_host("acme.dev"));
    }
}
