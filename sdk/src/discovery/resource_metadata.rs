use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::document::lenient;

/// The metadata document of a protected resource (RFC 9728 §2).
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct ResourceMetadata {
    /// The resource's identifier: what to ask a token for (RFC 8707, `resource`).
    pub resource: String,
    /// The issuers whose tokens it takes.
    #[serde(default, deserialize_with = "lenient")]
    pub authorization_servers: Vec<String>,
    /// Where the keys are that the resource signs with.
    #[serde(default, deserialize_with = "lenient")]
    pub jwks_uri: Option<String>,
    /// The scopes that requests to it need, or some of them.
    #[serde(default, deserialize_with = "lenient")]
    pub scopes_supported: Vec<String>,
    /// How a bearer token may be presented: `header`, `body`, `query`.
    #[serde(default, deserialize_with = "lenient")]
    pub bearer_methods_supported: Option<Vec<String>>,
    /// A name for people.
    #[serde(default, deserialize_with = "lenient")]
    pub resource_name: Option<String>,
    /// A page for developers.
    #[serde(default, deserialize_with = "lenient")]
    pub resource_documentation: Option<String>,
    /// Whether it takes only tokens that are bound to the client's certificate (RFC 8705).
    #[serde(default, deserialize_with = "lenient")]
    pub tls_client_certificate_bound_access_tokens: bool,
    /// Whether it takes only tokens that are bound to a key (RFC 9449).
    #[serde(default, deserialize_with = "lenient")]
    pub dpop_bound_access_tokens_required: bool,
    /// How proofs of possession may be signed (RFC 9449).
    #[serde(default, deserialize_with = "lenient")]
    pub dpop_signing_alg_values_supported: Option<Vec<String>>,
    /// What may be asked for in detail (RFC 9396).
    #[serde(default, deserialize_with = "lenient")]
    pub authorization_details_types_supported: Vec<String>,
    /// Everything else.
    #[serde(flatten)]
    pub further: BTreeMap<String, Value>,
}
