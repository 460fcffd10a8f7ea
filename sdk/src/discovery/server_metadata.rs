use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// The metadata document of an authorization server (RFC 8414 §2, OpenID Connect Discovery 1.0 §3).
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct ServerMetadata {
    /// The issuer identifier, equal to the one that was asked for.
    pub issuer: String,
    /// Where a person logs in and consents.
    pub authorization_endpoint: Option<String>,
    /// Where tokens are requested.
    pub token_endpoint: Option<String>,
    /// Where devices ask for a code (RFC 8628 §4).
    pub device_authorization_endpoint: Option<String>,
    /// Where tokens are revoked.
    pub revocation_endpoint: Option<String>,
    /// Where tokens are looked into.
    pub introspection_endpoint: Option<String>,
    /// Where claims about the user are read.
    pub userinfo_endpoint: Option<String>,
    /// Where the signing keys are.
    pub jwks_uri: Option<String>,
    /// Whether answers of the authorization endpoint name the issuer (RFC 9207 §3).
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
    /// How ID tokens may be signed.
    #[serde(default)]
    pub id_token_signing_alg_values_supported: Vec<String>,
    /// The ways of PKCE that the server knows (RFC 8414 §2).
    pub code_challenge_methods_supported: Option<Vec<String>>,
    /// How clients may authenticate at the token endpoint; `client_secret_basic` where it does not say (RFC 8414 §2).
    pub token_endpoint_auth_methods_supported: Option<Vec<String>>,
    /// How the assertions may be signed that clients authenticate with there.
    pub token_endpoint_auth_signing_alg_values_supported: Option<Vec<String>>,
    /// Where a client goes instead that presents a certificate: by the endpoint's name (RFC 8705 §5).
    pub mtls_endpoint_aliases: Option<BTreeMap<String, String>>,
    /// Everything else.
    #[serde(flatten)]
    pub further: BTreeMap<String, Value>,
}
