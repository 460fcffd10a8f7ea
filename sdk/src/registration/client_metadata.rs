mod members;

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Client metadata for a registration (RFC 7591 §2): any member, those with a method of their own, which has the member's name, and
/// those [without](Self::with).
///
/// `Debug` shows the names of the members.
///
/// ```
/// use grantkit::registration::ClientMetadata;
///
/// let metadata = ClientMetadata::new()
///     .redirect_uri("https://app.example/callback")
///     .id_token_signed_response_alg("ES256")
///     .with("client_name#ja-Jpan-JP", "クライアント名");
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
