use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue};
use oauth2::Scope;
use serde::Serialize;
use serde_json::Value;
use url::Url;

use crate::error::{Error, Result};
use crate::fingerprint::{Fingerprint, Numbered};
use crate::wire::Form;

/// What a token is asked for: scope, resource, audience and whatever else a server wants to hear.
#[derive(Clone, Default)]
pub(crate) struct RequestParameters {
    scopes: Vec<Scope>,
    /// On the heap: most requests have no more than scopes.
    further: Option<Box<RareParameters>>,
}

#[derive(Clone, Default)]
struct RareParameters {
    extra: Vec<(String, String)>,
    /// Rich authorization requests (RFC 9396), which are one parameter of `extra`.
    details: Vec<Value>,
    /// Sent with each request to the server that has these parameters.
    headers: HeaderMap,
}

const DETAILS: &str = "authorization_details";
const RESOURCE: &str = "resource";
const AUDIENCE: &str = "audience";

/// Set by the SDK, in every grant: a second one would contradict the first (RFC 6749 §3.2).
const RESERVED: [&str; 17] = [
    "grant_type",
    "client_id",
    "client_secret",
    "client_assertion",
    "client_assertion_type",
    "code",
    "code_challenge",
    "code_challenge_method",
    "code_verifier",
    "device_code",
    "dpop_jkt",
    "nonce",
    "redirect_uri",
    "refresh_token",
    "response_type",
    "scope",
    "state",
];

/// Refuses a name that is [`RESERVED`].
pub(crate) fn check_names<'a>(mut names: impl Iterator<Item = &'a str>) -> Result<()> {
    match names.find(|name| RESERVED.contains(name)) {
        Some(name) => Err(set_by_the_sdk(name)),
        None => Ok(()),
    }
}

/// Whether the parameter of this name says which API a token is for.
pub(crate) fn names_api(name: &str) -> bool {
    [RESOURCE, AUDIENCE].contains(&name)
}

fn set_by_the_sdk(name: &str) -> Error {
    Error::configuration(format!("the parameter `{name}` is set by the SDK: use the method that it has for it"))
}

impl RequestParameters {
    pub(crate) fn add_scope(&mut self, scope: impl Into<String>) {
        let scope = Scope::new(scope.into());
        if !self.scopes.contains(&scope) {
            // Most requests have one, and keep it for as long as the program runs.
            self.scopes.reserve_exact(1);
            self.scopes.push(scope);
        }
    }

    pub(crate) fn add(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.further_mut().extra.push((name.into(), value.into()));
    }

    /// Marked as sensitive: what it says may be a key.
    pub(crate) fn set_header(&mut self, name: HeaderName, mut value: HeaderValue) {
        value.set_sensitive(true);
        self.further_mut().headers.insert(name, value);
    }

    /// Adds one object, or several of an array, to the one parameter (RFC 9396 §2).
    pub(crate) fn add_details(&mut self, details: &impl Serialize) -> Result<()> {
        let details = serde_json::to_value(details)
            .map_err(|error| Error::configuration("the `authorization_details` are no JSON").with_source(error))?;
        let details = if let Value::Array(several) = details { several } else { vec![details] };
        let has_type = |detail: &Value| detail.get("type").is_some_and(Value::is_string);
        if !details.iter().all(has_type) {
            return Err(Error::configuration(
                "each of the `authorization_details` must be a JSON object with a `type` (RFC 9396 §2)",
            ));
        }
        let further = self.further_mut();
        if !further.details.is_empty() {
            further.extra.retain(|(name, _)| name != DETAILS);
        }
        further.details.extend(details);
        if !further.details.is_empty() {
            let all = Value::from(further.details.clone()).to_string();
            self.add(DETAILS, all);
        }
        Ok(())
    }

    /// The same without the scope, which need not be asked for twice.
    pub(crate) fn without_scopes(&self) -> Self {
        Self { scopes: Vec::new(), ..self.clone() }
    }

    /// The same with these scopes alone.
    pub(crate) fn with_scopes(&self, scopes: &[&str]) -> Self {
        let mut own = self.without_scopes();
        for scope in scopes {
            own.add_scope(*scope);
        }
        own
    }

    /// The APIs alone that the token is for, as another server is told of them.
    pub(crate) fn resources_alone(&self) -> Self {
        self.extra().filter(|(name, _)| *name == RESOURCE).fold(Self::default(), |mut only, (name, value)| {
            only.add(name, value);
            only
        })
    }

    /// The APIs that the token is for (RFC 8707 §2).
    pub(crate) fn resources(&self) -> impl Iterator<Item = &str> {
        self.extra().filter(|(name, _)| *name == RESOURCE).map(|(_, resource)| resource)
    }

    /// The same by either parameter: `resource`, or `audience` as other servers have it.
    pub(crate) fn audiences(&self) -> impl Iterator<Item = &str> {
        self.extra().filter(|(name, _)| names_api(name)).map(|(_, value)| value)
    }

    pub(crate) fn scopes(&self) -> impl Iterator<Item = &Scope> {
        self.scopes.iter()
    }

    /// All scopes as one parameter (RFC 6749 §3.3); `None` where there are none.
    pub(crate) fn scope(&self) -> Option<String> {
        let (first, others) = self.scopes.split_first()?;
        let mut scope = String::with_capacity(self.scopes.iter().map(|scope| scope.len() + 1).sum());
        scope.push_str(first);
        for other in others {
            scope.push(' ');
            scope.push_str(other);
        }
        Some(scope)
    }

    pub(crate) fn has_scope(&self, name: &str) -> bool {
        self.scopes.iter().any(|scope| scope.as_str() == name)
    }

    pub(crate) fn extra(&self) -> impl Iterator<Item = (&str, &str)> {
        let extra = self.further.iter().flat_map(|further| &further.extra);
        extra.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    fn further_mut(&mut self) -> &mut RareParameters {
        self.further.get_or_insert_default()
    }

    /// Refuses what would say something else on the wire than it says here.
    pub(crate) fn check(&self) -> Result<()> {
        for scope in &self.scopes {
            // RFC 6749 §3.3: %x21 / %x23-5B / %x5D-7E.
            let is_token = |c: char| c.is_ascii_graphic() && c != '"' && c != '\\';
            if scope.is_empty() || !scope.chars().all(is_token) {
                return Err(Error::configuration(format!(
                    "{:?} is no scope: one holds visible ASCII characters, but neither \" nor \\",
                    scope.as_str()
                )));
            }
        }
        for resource in self.resources() {
            // RFC 8707 §2.
            if Url::parse(resource).map_or(true, |url| url.fragment().is_some()) {
                return Err(Error::configuration(format!(
                    "{resource:?} is no resource: one is the absolute URI of an API, without a fragment (RFC 8707 §2); for other \
                     names there is `audience`"
                )));
            }
        }
        check_names(self.extra().map(|(name, _)| name))
    }

    /// All of it, onto a token request that has already what is its grant's own.
    pub(crate) fn append_to(&self, form: &mut Form) -> Result<()> {
        self.check()?;
        if let Some((name, _)) = self.extra().find(|(name, _)| form.has(name)) {
            return Err(set_by_the_sdk(name));
        }
        if let Some(scope) = self.scope() {
            form.push("scope", scope);
        }
        self.append_extra_to(form);
        Ok(())
    }

    /// Without the scope, which a code carries already.
    pub(crate) fn append_extra_to(&self, form: &mut Form) {
        let Some(RareParameters { extra, details: _, headers }) = self.further.as_deref() else { return };
        for (name, value) in extra {
            form.push(name.clone(), value.clone());
        }
        form.set_headers(headers);
    }

    /// As a part of its own: a parameter that is called like something else of the key is not taken for it.
    pub(crate) fn fingerprint(&self) -> Fingerprint {
        let Self { scopes, further } = self;
        let all = match further.as_deref() {
            // The details are one of the extra parameters.
            Some(RareParameters { extra, details: _, headers }) => {
                let headers = Fingerprint::builder().part("headers", Fingerprint::of_headers(headers));
                let mut numbered = Numbered::default();
                extra.iter().fold(headers, |all, (name, value)| all.parameter(numbered.next(name), value))
            }
            None => Fingerprint::builder().part("headers", Fingerprint::of_headers(&HeaderMap::new())),
        };
        scopes.iter().fold(all, |all, scope| all.parameter("scope", scope.as_str())).build()
    }
}

impl fmt::Debug for RequestParameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.extra().map(|(name, _)| name).collect();
        f.debug_struct("RequestParameters").field("scopes", &self.scopes).field("extra", &names).finish_non_exhaustive()
    }
}

/// The methods by which every grant takes its [`RequestParameters`] (in a field `parameters`).
macro_rules! request_parameter_methods {
    () => {
        /// Adds a scope to the request (RFC 6749 §3.3), or several separated by spaces: `"read write"` is two.
        pub fn scope<Form>(self, scope: impl $crate::grant::IntoScopes<Form>) -> Self {
            self.scopes(scope)
        }

        /// Adds several scopes to the request: `["read", "write"]` or `"read write"`.
        pub fn scopes<Form>(mut self, scopes: impl $crate::grant::IntoScopes<Form>) -> Self {
            scopes.into_scopes().into_iter().for_each(|scope| self.parameters.add_scope(scope));
            self
        }

        /// Adds the API that the token is for, by its URL (resource indicator, RFC 8707); may be repeated.
        pub fn resource(self, resource: impl Into<String>) -> Self {
            self.parameter("resource", resource)
        }

        /// Adds any number of audiences.
        pub fn audiences<S: Into<String>>(self, audiences: impl IntoIterator<Item = S>) -> Self {
            audiences.into_iter().fold(self, Self::audience)
        }

        /// Adds the API that the token is for (`audience`, as Auth0 and others call it); may be repeated.
        pub fn audience(self, audience: impl Into<String>) -> Self {
            self.parameter("audience", audience)
        }

        /// Adds authorization details (RFC 9396): an object with a `type`, or an array of them, of your own serde
        /// types; may be repeated.
        ///
        /// # Errors
        ///
        /// [`is_configuration`](crate::Error::is_configuration) where it is no such JSON.
        pub fn authorization_details(mut self, details: &impl serde::Serialize) -> Result<Self> {
            self.parameters.add_details(details)?;
            Ok(self)
        }

        /// Adds any other parameter to the request.
        pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
            self.parameters.add(name, value);
            self
        }

        /// Sends this header with the grant's requests to the server, those for a token and those that begin a login on another
        /// device, in place of what it was. It is a part of the token's identity, and taken for a secret; a browser never has it.
        /// For all of a client's token requests:
        /// [`token_request_header`](crate::client::ClientBuilder::token_request_header).
        ///
        /// What the SDK sets itself, `Authorization` for example, is an error of the first request.
        pub fn header(mut self, name: http::HeaderName, value: http::HeaderValue) -> Self {
            self.parameters.set_header(name, value);
            self
        }
    };
}
pub(crate) use request_parameter_methods;
