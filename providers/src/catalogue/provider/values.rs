use std::collections::{BTreeMap, BTreeSet};

use grantkit::provider::{ConfigErrors, ProviderSettings};
use grantkit::{Error, Result};
use url::Url;

use super::{did, keys};
use crate::catalogue::{self, Endpoint, Entry, Form, Parameter, Quirk};

/// What an entry's placeholders stand for, and the addresses that take the place of the service's.
#[derive(Clone, Debug)]
pub(super) struct Values {
    entry: &'static Entry,
    /// Of the parameters, by name.
    given: BTreeMap<&'static str, String>,
    base_url: Option<String>,
    hosts: BTreeMap<String, String>,
}

impl Values {
    /// Adds what is wrong with the settings.
    pub(super) fn check(entry: &'static Entry, settings: &ProviderSettings, errors: &mut ConfigErrors) {
        for parameter in entry.parameters() {
            let Some(text) = settings.text(parameter.name()) else { continue };
            if let Err(why) = value(parameter, text) {
                errors.wrong(parameter.name(), why);
            } else if let Some(domain) = domain_after(entry, parameter).filter(|domain| text.trim().ends_with(domain)) {
                errors.wrong(parameter.name(), format!("it must be the name before `{domain}`, without that"));
            }
        }
        if let Some(Err(why)) = settings.text(keys::BASE_URL).map(base_url) {
            errors.wrong(keys::BASE_URL, why);
        }
        for (host, url) in hosts(settings) {
            if let Err(why) = base_url(&url) {
                errors.wrong(keys::HOSTS, format!("{host}: {why}"));
            }
            let known = known_hosts(entry, settings);
            if !known.contains(&host) {
                let known: Vec<_> = known.into_iter().collect();
                errors.wrong(
                    keys::HOSTS,
                    format!("{host} is no host of {}, which has {}", entry.title(), known.join(", ")),
                );
            }
        }
    }

    /// From settings that were checked.
    pub(super) fn of(entry: &'static Entry, settings: &ProviderSettings) -> Result<Self> {
        let checked = |url: &str| base_url(url).map_err(Error::configuration);
        let hosts = hosts(settings).map(|(host, url)| Ok((host, checked(&url)?))).collect::<Result<_>>()?;
        let elsewhere = settings.text(keys::BASE_URL).map(checked).transpose()?;
        Self::with(entry, settings, elsewhere, hosts)
    }

    fn with(
        entry: &'static Entry,
        settings: &ProviderSettings,
        base_url: Option<String>,
        hosts: BTreeMap<String, String>,
    ) -> Result<Self> {
        let mut given = BTreeMap::new();
        for parameter in entry.parameters() {
            let text = settings.text(parameter.name()).or(parameter.default_value()).unwrap_or_default();
            given.insert(parameter.name(), value(parameter, text).map_err(Error::configuration)?);
        }
        Ok(Self { entry, given, base_url, hosts })
    }

    /// The URL of an endpoint.
    pub(super) fn endpoint(&self, endpoint: Endpoint) -> Option<String> {
        self.entry.endpoint(endpoint).map(|template| self.url(template))
    }

    /// A URL of the entry with all that the configuration says put in.
    pub(super) fn url(&self, template: &str) -> String {
        self.moved(self.fill(template))
    }

    /// An address that the token response tells: an https URL, or the one that takes the place of the service's.
    pub(super) fn told_address(&self, text: &str) -> Result<String> {
        let address = base_url(text).ok().filter(|address| {
            text.contains("://") && (address.starts_with("https:") || Some(address) == self.base_url.as_ref())
        });
        address.ok_or_else(|| {
            Error::security(format!(
                "the token response names {text:?} as the address of the API, which is not a valid https URL"
            ))
        })
    }

    /// Whether the configuration says where the service is.
    pub(super) fn has_own_places(&self) -> bool {
        self.base_url.is_some() || !self.hosts.is_empty()
    }

    /// Whether the configuration names this address as one of the service's.
    pub(super) fn is_given(&self, address: &str) -> bool {
        let address = address.trim_end_matches('/');
        self.base_url.iter().chain(self.hosts.values()).any(|given| given == address)
    }

    /// Text of the entry with its parameters put in; what is known later only stays as it is.
    pub(super) fn fill(&self, template: &str) -> String {
        let kept = |name: &str| Some(self.value(name).unwrap_or_else(|| format!("{{{name}}}")));
        catalogue::fill(template, kept).unwrap_or_else(|_| template.to_owned())
    }

    fn value(&self, name: &str) -> Option<String> {
        match name {
            "issuer" => return self.entry.endpoint(Endpoint::Issuer).map(|issuer| self.fill(issuer)),
            "token_endpoint" => return self.entry.endpoint(Endpoint::Token).map(|url| self.fill(url)),
            "profile" => return self.entry.profile_url().map(|url| self.fill(url)),
            _ => {}
        }
        let (name, part) = name.split_once('.').unwrap_or((name, ""));
        let given = self.given.get(name)?;
        let parameter = self.entry.parameter(name)?;
        match parameter.form() {
            Form::Choice => parameter.choice(given, part).map(str::to_owned),
            // A default may have a placeholder of its own.
            _ if given.contains('{') => Some(self.fill(given)),
            _ => Some(given.clone()),
        }
    }

    /// The same at the address that was given in place of its host.
    pub(super) fn moved(&self, url: String) -> String {
        let Some((scheme, rest)) = url.split_once("://") else { return url };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (host, path) = rest.split_at(end);
        let elsewhere = self.hosts.get(host).or(self.base_url.as_ref()).filter(|_| scheme == "https");
        match elsewhere {
            Some(base) => format!("{base}{path}"),
            None => url,
        }
    }
}

/// The addresses of the entry, with placeholders.
fn addresses(entry: &Entry) -> impl Iterator<Item = &'static str> {
    let endpoints = Endpoint::ALL.iter().filter_map(|endpoint| entry.endpoint(*endpoint));
    endpoints.chain(entry.profile_url()).chain(entry.email_url()).chain(entry.api_base_url())
}

/// The hosts of all addresses, in lower case.
fn known_hosts(entry: &'static Entry, settings: &ProviderSettings) -> BTreeSet<String> {
    let without = Values::with(entry, settings, None, BTreeMap::new());
    let filled = addresses(entry).filter_map(|address| Url::parse(&without.as_ref().ok()?.fill(address)).ok());
    let directory = entry.has_quirk(Quirk::IdIsDid).then(|| did::DIRECTORY.to_owned());
    filled.filter_map(|url| Some(url.host_str()?.to_owned())).chain(directory).collect()
}

/// What stands behind the parameter in a host: `.myshopify.com` behind `{shop}`.
fn domain_after(entry: &Entry, parameter: Parameter) -> Option<&'static str> {
    let placeholder = format!("{{{}}}", parameter.name());
    let rest = addresses(entry).find_map(|address| address.split_once(placeholder.as_str()).map(|(_, rest)| rest))?;
    let domain = rest.split(['/', '{', '?']).next()?;
    (parameter.form() == Form::Name && domain.starts_with('.') && domain.len() > 1).then_some(domain)
}

fn hosts(settings: &ProviderSettings) -> impl Iterator<Item = (String, String)> {
    settings.map(keys::HOSTS).into_iter()
}

/// What is put into the URLs, or the sentence that says what is wrong with it.
fn value(parameter: Parameter, text: &str) -> std::result::Result<String, String> {
    let text = text.trim();
    match parameter.form() {
        Form::BaseUrl => base_url(text),
        Form::Host => host(text),
        Form::Name => name(text),
        Form::Choice if parameter.choices().any(|choice| choice.word == text) => Ok(text.to_owned()),
        Form::Choice => {
            let mut words: Vec<_> = parameter.choices().map(|choice| choice.word).collect();
            words.dedup();
            Err(format!("it must be one of {}", words.join(", ")))
        }
    }
}

fn base_url(text: &str) -> std::result::Result<String, String> {
    let with_scheme = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let url = Url::parse(&with_scheme).map_err(|_| "it must be a URL, such as https://example.com".to_owned())?;
    let is_loopback = match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    };
    if url.scheme() != "https" && !(url.scheme() == "http" && is_loopback) {
        return Err("it must be an https URL; http is for loopback addresses only".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
        return Err("it must have no query, fragment, user name or password".to_owned());
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

fn host(text: &str) -> std::result::Result<String, String> {
    let bare = text.strip_prefix("https://").unwrap_or(text).trim_end_matches('/');
    let is_host = |host: &str| {
        let (name, port) = host.split_once(':').unwrap_or((host, "1"));
        let label = |label: &str| {
            !label.is_empty() && label.chars().all(|char| char.is_ascii_alphanumeric() || char == '-' || char == '_')
        };
        name.split('.').all(label) && port.parse::<u16>().is_ok()
    };
    if is_host(bare) {
        Ok(bare.to_ascii_lowercase())
    } else if bare.contains('/') {
        Err("it must be a host name without a path, such as acme.example.com".to_owned())
    } else {
        Err("it must be a host name, such as acme.example.com".to_owned())
    }
}

fn name(text: &str) -> std::result::Result<String, String> {
    let is_name = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '_' | '-');
    if !text.is_empty() && text.chars().all(is_name) && !text.chars().all(|char| char == '.') {
        return Ok(text.to_owned());
    }
    if text.contains("://") || text.contains('/') {
        return Err("it must be a name by itself, and not a URL: letters, digits, `.`, `_` and `-`".to_owned());
    }
    Err("it must be a name: letters, digits, `.`, `_` and `-`".to_owned())
}
