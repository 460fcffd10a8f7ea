use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::document::lenient;

/// The metadata document of an authorization server (RFC 8414 §2, OpenID Connect Discovery 1.0 §3).
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
#[allow(clippy::struct_excessive_bools, reason = "the document has them")]
pub struct ServerMetadata {
    /// The issuer identifier, equal to the one that was asked for.
    pub issuer: String,
    /// Where a person logs in and consents.
    pub authorization_endpoint: Option<String>,
    /// Where tokens are requested.
    pub token_endpoint: Option<String>,
    /// Where devices ask for a code (RFC 8628 §4).
    pub device_authorization_endpoint: Option<String>,
    /// Where the server is asked to ask a person on their own device (CIBA Core §4).
    pub backchannel_authentication_endpoint: Option<String>,
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
    /// How clients may authenticate at the revocation endpoint.
    #[serde(default, deserialize_with = "lenient")]
    pub revocation_endpoint_auth_methods_supported: Option<Vec<String>>,
    /// How the assertions may be signed that clients authenticate with there.
    #[serde(default, deserialize_with = "lenient")]
    pub revocation_endpoint_auth_signing_alg_values_supported: Option<Vec<String>>,
    /// How clients and resources may authenticate at the introspection endpoint.
    #[serde(default, deserialize_with = "lenient")]
    pub introspection_endpoint_auth_methods_supported: Option<Vec<String>>,
    /// How the assertions may be signed that they authenticate with there.
    #[serde(default, deserialize_with = "lenient")]
    pub introspection_endpoint_auth_signing_alg_values_supported: Option<Vec<String>>,
    /// Where a client goes instead that presents a certificate: by the endpoint's name (RFC 8705 §5).
    pub mtls_endpoint_aliases: Option<BTreeMap<String, String>>,
    /// Where authorization requests are pushed to (RFC 9126 §5).
    #[serde(default, deserialize_with = "lenient")]
    pub pushed_authorization_request_endpoint: Option<String>,
    /// Whether they have to be (RFC 9126 §5).
    #[serde(default, deserialize_with = "lenient")]
    pub require_pushed_authorization_requests: bool,
    /// How the client learns of it: `poll`, `ping`, `push` (OpenID Connect CIBA §4).
    #[serde(default, deserialize_with = "lenient")]
    pub backchannel_token_delivery_modes_supported: Vec<String>,
    /// Whether the person's own code can go along (OpenID Connect CIBA §4).
    #[serde(default, deserialize_with = "lenient")]
    pub backchannel_user_code_parameter_supported: bool,
    /// Where clients register themselves (RFC 7591 §3).
    #[serde(default, deserialize_with = "lenient")]
    pub registration_endpoint: Option<String>,
    /// Whether a client may be the URL of its own metadata (OAuth Client ID Metadata Document).
    #[serde(default, deserialize_with = "lenient")]
    pub client_id_metadata_document_supported: bool,
    /// Where a person's browser is sent to be logged out (OpenID Connect RP-Initiated Logout 1.0 §2.1).
    #[serde(default, deserialize_with = "lenient")]
    pub end_session_endpoint: Option<String>,
    /// Whether the server tells clients of a logout itself (OpenID Connect Back-Channel Logout 1.0 §2.1).
    #[serde(default, deserialize_with = "lenient")]
    pub backchannel_logout_supported: bool,
    /// Whether it names the session in that (OpenID Connect Back-Channel Logout 1.0 §2.1).
    #[serde(default, deserialize_with = "lenient")]
    pub backchannel_logout_session_supported: bool,
    /// Whether it tells them by the browser (OpenID Connect Front-Channel Logout 1.0 §3).
    #[serde(default, deserialize_with = "lenient")]
    pub frontchannel_logout_supported: bool,
    /// Whether it names the session in that (OpenID Connect Front-Channel Logout 1.0 §3).
    #[serde(default, deserialize_with = "lenient")]
    pub frontchannel_logout_session_supported: bool,
    /// The scopes, or some of them.
    #[serde(default, deserialize_with = "lenient")]
    pub scopes_supported: Vec<String>,
    /// What the authorization endpoint may answer with.
    #[serde(default, deserialize_with = "lenient")]
    pub response_types_supported: Vec<String>,
    /// How it may send that.
    #[serde(default, deserialize_with = "lenient")]
    pub response_modes_supported: Option<Vec<String>>,
    /// The grants; `authorization_code` and `implicit` where it does not say (RFC 8414 §2).
    #[serde(default, deserialize_with = "lenient")]
    pub grant_types_supported: Option<Vec<String>>,
    /// The classes of login.
    #[serde(default, deserialize_with = "lenient")]
    pub acr_values_supported: Vec<String>,
    /// How proofs of possession may be signed (RFC 9449 §5.1).
    #[serde(default, deserialize_with = "lenient")]
    pub dpop_signing_alg_values_supported: Option<Vec<String>>,
    /// How authorization requests may be signed (RFC 9101 §10.5).
    #[serde(default, deserialize_with = "lenient")]
    pub request_object_signing_alg_values_supported: Option<Vec<String>>,
    /// How the keys of encrypted authorization requests may be encrypted (OpenID Connect Discovery 1.0 §3).
    #[serde(default, deserialize_with = "lenient")]
    pub request_object_encryption_alg_values_supported: Vec<String>,
    /// How their contents may be (OpenID Connect Discovery 1.0 §3).
    #[serde(default, deserialize_with = "lenient")]
    pub request_object_encryption_enc_values_supported: Vec<String>,
    /// Whether they have to be signed (RFC 9101 §10.5).
    #[serde(default, deserialize_with = "lenient")]
    pub require_signed_request_object: bool,
    /// How authorization responses may be signed (JARM §4).
    #[serde(default, deserialize_with = "lenient")]
    pub authorization_signing_alg_values_supported: Option<Vec<String>>,
    /// What may be asked for in detail (RFC 9396 §10).
    #[serde(default, deserialize_with = "lenient")]
    pub authorization_details_types_supported: Vec<String>,
    /// Whether access tokens can be bound to a client's certificate (RFC 8705 §3.3).
    #[serde(default, deserialize_with = "lenient")]
    pub tls_client_certificate_bound_access_tokens: bool,
    /// How answers of the userinfo endpoint may be signed.
    #[serde(default, deserialize_with = "lenient")]
    pub userinfo_signing_alg_values_supported: Vec<String>,
    /// How answers of the introspection endpoint may be signed (RFC 9701 §7).
    #[serde(default, deserialize_with = "lenient")]
    pub introspection_signing_alg_values_supported: Vec<String>,
    /// The resources that tokens can be had for (RFC 9728 §4).
    #[serde(default, deserialize_with = "lenient")]
    pub protected_resources: Option<Vec<String>>,
    /// Everything else.
    #[serde(flatten)]
    pub further: BTreeMap<String, Value>,
}
