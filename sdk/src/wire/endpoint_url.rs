use std::net::IpAddr;

use http::Uri;
use url::{Host, Url};

use crate::error::{Error, Result};
use crate::text::ServerText;

/// Whether plain `http` may lead off this machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum PlainHttp {
    #[default]
    LoopbackOnly,
    Anywhere,
}

/// The address of an endpoint: absolute, `https` (plain `http` on a loopback address), without user or fragment
/// (RFC 6749 §3.1, §3.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EndpointUrl(Url);

impl EndpointUrl {
    /// `what` names the endpoint in the error, in the RFC's words.
    pub(crate) fn parse(what: &str, text: &str, plain_http: PlainHttp) -> Result<Self> {
        let url = Url::parse(text).map_err(|error| {
            Error::configuration(format!("the {what} {} is not a valid URL: {error}{}", shown(text), cure(text)))
        })?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Error::configuration(format!("the {what} must not carry a user name or password in its URL")));
        }
        let is_http = match url.scheme() {
            "https" => false,
            "http" => true,
            other => {
                return Err(Error::configuration(format!(
                    "the {what} must be an https URL, not {:?}: {}{}",
                    ServerText::new(other),
                    shown(text),
                    cure(text)
                )));
            }
        };
        if is_http && plain_http == PlainHttp::LoopbackOnly && !is_loopback(&url) {
            return Err(Error::configuration(format!(
                "the {what} must be https: {} is plain http, which is accepted for loopback addresses only",
                shown(text)
            )));
        }
        if url.fragment().is_some() {
            return Err(Error::configuration(format!("the {what} must not have a fragment (`#..`): {}", shown(text))));
        }
        Ok(Self(url))
    }

    /// An issuer's, which has no query (RFC 8414 §2) and is not the address of its metadata.
    pub(crate) fn issuer(text: &str, plain_http: PlainHttp) -> Result<Self> {
        let issuer = Self::parse("issuer", text, plain_http)?;
        if issuer.0.query().is_some() {
            return Err(Error::configuration(format!(
                "the issuer {} must not have a query (RFC 8414 §2)",
                shown(text)
            )));
        }
        if let Some((before, _)) = text.split_once("/.well-known/") {
            return Err(Error::configuration(format!(
                "the issuer {} is the address of its metadata: write the issuer itself, which the metadata name, as {}",
                shown(text),
                shown(before)
            )));
        }
        Ok(issuer)
    }

    /// One that was parsed here before.
    pub(crate) fn checked(url: &Url) -> Self {
        Self(url.clone())
    }

    pub(crate) fn as_str(&self) -> &str {
        self.0.as_str()
    }

    pub(crate) fn url(&self) -> &Url {
        &self.0
    }

    pub(crate) fn into_url(self) -> Url {
        self.0
    }

    /// The same with these parameters, which are encoded, behind those of its own query.
    pub(crate) fn with_query(&self, parameters: &str) -> Self {
        let mut url = self.0.clone();
        let query = match url.query().filter(|own| !own.is_empty()) {
            Some(own) => format!("{own}&{parameters}"),
            None => parameters.to_owned(),
        };
        url.set_query(Some(&query));
        Self(url)
    }

    /// The same with this text in the place of the segment of the path that is called so.
    pub(crate) fn with_segment(&self, placeholder: &str, text: &str) -> Result<Self> {
        let mut url = self.0.clone();
        let encoded: String = form_urlencoded::byte_serialize(placeholder.as_bytes()).collect();
        let segments: Vec<_> = self.0.path_segments().into_iter().flatten().map(str::to_owned).collect();
        let mut path =
            url.path_segments_mut().map_err(|()| Error::configuration("the URL has no path to put a text into"))?;
        path.clear();
        for segment in &segments {
            path.push(if *segment == encoded { text } else { segment });
        }
        drop(path);
        Ok(Self(url))
    }

    pub(crate) fn uri(&self) -> Result<Uri> {
        self.as_str().parse().map_err(|error| {
            // Without the query, which may hold a secret.
            let shown = self.as_str().split('?').next().unwrap_or_default();
            Error::configuration(format!("the URL {:?} cannot be requested", ServerText::new(shown))).with_source(error)
        })
    }
}

/// A URL that was refused, as it stands unless it may hold a password.
fn shown(text: &str) -> String {
    if text.contains('@') { "(not shown, as it holds an @)".to_owned() } else { format!("{:?}", ServerText::new(text)) }
}

/// What is missing where `https://` in front would make it one.
fn cure(text: &str) -> String {
    let with_scheme = format!("https://{text}");
    let is_address = |url: Url| url.host_str().is_some_and(|host| host.contains('.') || url.port().is_some());
    let lacks_scheme =
        !text.contains("://") && !text.starts_with('/') && Url::parse(&with_scheme).is_ok_and(is_address);
    if lacks_scheme { format!("; write {}", shown(&with_scheme)) } else { String::new() }
}

/// Whether the URL leads to this machine (RFC 8252 §7.3); `localhost` by name counts, as resolvers answer it locally
/// (RFC 6761 §6.3).
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}
