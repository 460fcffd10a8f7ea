use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What a client registers of itself (RFC 7591 §2): any member, those with a method of their own and those
/// [without](Self::with).
///
/// `Debug` shows the names of the members.
///
/// ```
/// use grantkit::ClientMetadata;
///
/// let metadata = ClientMetadata::new()
///     .redirect_uri("https://app.example/callback")
///     .with("id_token_signed_response_alg", "ES256");
/// assert_eq!(metadata.get("redirect_uris").unwrap()[0], "https://app.example/callback");
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
#[must_use = "give it to `Registration::register`"]
pub struct ClientMetadata(Map<String, Value>);

impl ClientMetadata {
    /// Nothing yet; the server has a default for everything but the redirect URIs.
    pub fn new() -> Self {
        Self::default()
    }

    /// One more redirect URI (`redirect_uris`).
    pub fn redirect_uri(self, uri: impl Into<String>) -> Self {
        self.and("redirect_uris", uri.into())
    }

    /// One more grant (`grant_types`); `authorization_code` alone unless said.
    pub fn grant_type(self, grant_type: impl Into<String>) -> Self {
        self.and("grant_types", grant_type.into())
    }

    /// One more kind of authorization response (`response_types`); `code` alone unless said.
    pub fn response_type(self, response_type: impl Into<String>) -> Self {
        self.and("response_types", response_type.into())
    }

    /// How the client authenticates (`token_endpoint_auth_method`); `client_secret_basic` unless said.
    pub fn token_endpoint_auth_method(self, method: impl Into<String>) -> Self {
        self.with("token_endpoint_auth_method", method.into())
    }

    /// The client's name, for people (`client_name`).
    pub fn client_name(self, name: impl Into<String>) -> Self {
        self.with("client_name", name.into())
    }

    /// A page about the client, for people (`client_uri`).
    pub fn client_uri(self, uri: impl Into<String>) -> Self {
        self.with("client_uri", uri.into())
    }

    /// The scopes that it may ask for, space-separated (`scope`).
    pub fn scope(self, scope: impl Into<String>) -> Self {
        self.with("scope", scope.into())
    }

    /// Where the client's public keys are (`jwks_uri`).
    pub fn jwks_uri(self, uri: impl Into<String>) -> Self {
        self.with("jwks_uri", uri.into())
    }

    /// The client's public keys (`jwks`): a JWK set.
    pub fn jwks(self, jwks: Value) -> Self {
        self.with("jwks", jwks)
    }

    /// One more place to come back to after a logout (`post_logout_redirect_uris`, OpenID Connect RP-Initiated Logout 1.0 §3).
    pub fn post_logout_redirect_uri(self, uri: impl Into<String>) -> Self {
        self.and("post_logout_redirect_uris", uri.into())
    }

    /// Claims about the software, signed by who vouches for it (`software_statement`, RFC 7591 §2.3).
    pub fn software_statement(self, jwt: impl Into<String>) -> Self {
        self.with("software_statement", jwt.into())
    }

    /// Any other member, in place of what it was.
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.0.insert(name.into(), value.into());
        self
    }

    /// A member by its name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    pub(super) fn from_members(members: Map<String, Value>) -> Self {
        Self(members)
    }

    pub(super) fn members(&self) -> &Map<String, Value> {
        &self.0
    }

    fn and(mut self, name: &str, value: String) -> Self {
        let list = self.0.entry(name).or_insert_with(|| Value::Array(Vec::new()));
        match list {
            Value::Array(list) => list.push(value.into()),
            other => *other = Value::Array(vec![value.into()]),
        }
        self
    }
}

impl fmt::Debug for ClientMetadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ClientMetadata").field(&self.0.keys().collect::<Vec<_>>()).finish()
    }
}
