use super::document::document;
use crate::keys::AnnouncedAlgorithms;

document! {
    /// The metadata document of a protected resource (RFC 9728 §2).
    pub struct ResourceMetadata {
        /// The resource's identifier: what to ask a token for (RFC 8707, `resource`).
        pub required resource: String,
        /// The issuers whose tokens it takes.
        pub authorization_servers: Vec<String>,
        /// The URL of the resource's signing keys (JWK set).
        pub jwks_uri: Option<String>,
        /// The scopes that requests to it need, or some of them.
        pub scopes_supported: Vec<String>,
        /// How a bearer token may be presented: `header`, `body`, `query`.
        pub bearer_methods_supported: Option<Vec<String>>,
        /// A name for people.
        pub resource_name: Option<String>,
        /// A page for developers.
        pub resource_documentation: Option<String>,
        /// Whether it takes only tokens that are bound to the client's certificate (RFC 8705).
        pub tls_client_certificate_bound_access_tokens: bool,
        /// Whether it takes only tokens that are bound to a key (RFC 9449).
        pub dpop_bound_access_tokens_required: bool,
        /// How proofs of possession may be signed (RFC 9449).
        pub dpop_signing_alg_values_supported: Option<Vec<String>>,
        /// The supported types of authorization details (RFC 9396).
        pub authorization_details_types_supported: Vec<String>,
    }
}

impl ResourceMetadata {
    /// What proofs of possession may be signed with.
    pub(crate) fn dpop_algorithms(&self) -> AnnouncedAlgorithms {
        let names = self.dpop_signing_alg_values_supported.as_deref();
        AnnouncedAlgorithms::new("API", "dpop_signing_alg_values_supported", names)
    }
}
