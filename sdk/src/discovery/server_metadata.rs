use std::collections::BTreeMap;

use serde_json::Value;

use super::document::{document, parse};
use crate::error::Result;
use crate::keys::AnnouncedAlgorithms;
use crate::lenient::read_value;
use crate::wire::AddressScope;

document! {
    /// The metadata document of an authorization server (RFC 8414 §2, OpenID Connect Discovery 1.0 §3).
    #[allow(clippy::struct_excessive_bools, reason = "the document has them")]
    pub struct ServerMetadata {
        /// The issuer identifier, equal to the issuer that was asked for.
        pub required issuer: String,
        /// The authorization endpoint, where a person logs in and consents (RFC 6749 §3.1).
        pub authorization_endpoint: Option<String>,
        /// The token endpoint (RFC 6749 §3.2).
        pub token_endpoint: Option<String>,
        /// The device authorization endpoint (RFC 8628 §4).
        pub device_authorization_endpoint: Option<String>,
        /// The backchannel authentication endpoint (CIBA Core §4).
        pub backchannel_authentication_endpoint: Option<String>,
        /// The revocation endpoint (RFC 7009).
        pub revocation_endpoint: Option<String>,
        /// The introspection endpoint (RFC 7662).
        pub introspection_endpoint: Option<String>,
        /// The userinfo endpoint (OpenID Connect Core §5.3).
        pub userinfo_endpoint: Option<String>,
        /// The URL of the signing keys (JWK set).
        pub jwks_uri: Option<String>,
        /// Whether answers of the authorization endpoint name the issuer (RFC 9207 §3).
        pub authorization_response_iss_parameter_supported: bool,
        /// How ID tokens may be signed.
        pub id_token_signing_alg_values_supported: Vec<String>,
        /// The ways of PKCE that the server knows (RFC 8414 §2).
        pub code_challenge_methods_supported: Option<Vec<String>>,
        /// How clients may authenticate at the token endpoint; `client_secret_basic` where it does not say (RFC 8414 §2).
        pub token_endpoint_auth_methods_supported: Option<Vec<String>>,
        /// How the assertions may be signed that clients authenticate with there.
        pub token_endpoint_auth_signing_alg_values_supported: Option<Vec<String>>,
        /// How clients may authenticate at the revocation endpoint.
        pub revocation_endpoint_auth_methods_supported: Option<Vec<String>>,
        /// How the assertions may be signed that clients authenticate with there.
        pub revocation_endpoint_auth_signing_alg_values_supported: Option<Vec<String>>,
        /// How clients and resources may authenticate at the introspection endpoint.
        pub introspection_endpoint_auth_methods_supported: Option<Vec<String>>,
        /// How the assertions may be signed that they authenticate with there.
        pub introspection_endpoint_auth_signing_alg_values_supported: Option<Vec<String>>,
        /// The endpoints for clients that present a certificate (mutual TLS), by the endpoint's name (RFC 8705 §5).
        pub mtls_endpoint_aliases: Option<BTreeMap<String, String>>,
        /// The pushed authorization request endpoint (RFC 9126 §5).
        pub pushed_authorization_request_endpoint: Option<String>,
        /// Whether they have to be (RFC 9126 §5).
        pub require_pushed_authorization_requests: bool,
        /// How the client learns of it: `poll`, `ping`, `push` (OpenID Connect CIBA §4).
        pub backchannel_token_delivery_modes_supported: Vec<String>,
        /// Whether a user code is supported (OpenID Connect CIBA §4).
        pub backchannel_user_code_parameter_supported: bool,
        /// The signature algorithms of requests to it (OpenID Connect CIBA §4).
        pub backchannel_authentication_request_signing_alg_values_supported: Option<Vec<String>>,
        /// The registration endpoint (RFC 7591 §3).
        pub registration_endpoint: Option<String>,
        /// Whether a client may be the URL of its own metadata (OAuth Client ID Metadata Document).
        pub client_id_metadata_document_supported: bool,
        /// The logout endpoint, to which a person's browser is sent (OpenID Connect RP-Initiated Logout 1.0 §2.1).
        pub end_session_endpoint: Option<String>,
        /// Whether the server tells clients of a logout itself (OpenID Connect Back-Channel Logout 1.0 §2.1).
        pub backchannel_logout_supported: bool,
        /// Whether it names the session in that (OpenID Connect Back-Channel Logout 1.0 §2.1).
        pub backchannel_logout_session_supported: bool,
        /// Whether it tells them by the browser (OpenID Connect Front-Channel Logout 1.0 §3).
        pub frontchannel_logout_supported: bool,
        /// Whether it names the session in that (OpenID Connect Front-Channel Logout 1.0 §3).
        pub frontchannel_logout_session_supported: bool,
        /// The scopes, or some of them.
        pub scopes_supported: Vec<String>,
        /// The supported response types of the authorization endpoint.
        pub response_types_supported: Vec<String>,
        /// How it may send that.
        pub response_modes_supported: Option<Vec<String>>,
        /// The grants; `authorization_code` and `implicit` where it does not say (RFC 8414 §2).
        pub grant_types_supported: Option<Vec<String>>,
        /// The grants' profiles, such as that of identity assertions (draft-ietf-oauth-identity-assertion-authz-grant).
        pub authorization_grant_profiles_supported: Vec<String>,
        /// The classes of login.
        pub acr_values_supported: Vec<String>,
        /// How proofs of possession may be signed (RFC 9449 §5.1).
        pub dpop_signing_alg_values_supported: Option<Vec<String>>,
        /// How authorization requests may be signed (RFC 9101 §10.5).
        pub request_object_signing_alg_values_supported: Option<Vec<String>>,
        /// How the keys of encrypted authorization requests may be encrypted (OpenID Connect Discovery 1.0 §3).
        pub request_object_encryption_alg_values_supported: Vec<String>,
        /// How their contents may be (OpenID Connect Discovery 1.0 §3).
        pub request_object_encryption_enc_values_supported: Vec<String>,
        /// Whether they have to be signed (RFC 9101 §10.5).
        pub require_signed_request_object: bool,
        /// How authorization responses may be signed (JARM §4).
        pub authorization_signing_alg_values_supported: Option<Vec<String>>,
        /// The supported types of authorization details (RFC 9396 §10).
        pub authorization_details_types_supported: Vec<String>,
        /// Whether access tokens can be bound to a client's certificate (RFC 8705 §3.3).
        pub tls_client_certificate_bound_access_tokens: bool,
        /// How answers of the userinfo endpoint may be signed.
        pub userinfo_signing_alg_values_supported: Vec<String>,
        /// How answers of the introspection endpoint may be signed (RFC 9701 §7).
        pub introspection_signing_alg_values_supported: Vec<String>,
        /// The resources that tokens can be had for (RFC 9728 §4).
        pub protected_resources: Option<Vec<String>>,
    }
}

const OWNER: &str = "authorization server";

impl ServerMetadata {
    /// Reads a document from a file or a cache of the program. It is trusted: the program must know that it is the issuer's.
    ///
    /// ```
    /// use grantkit::discovery::ServerMetadata;
    /// use grantkit::Client;
    ///
    /// let metadata = ServerMetadata::from_json(r#"{ "issuer": "https://as.example", "token_endpoint": "https://as.example/token" }"#)?;
    /// let client = Client::builder().client_id("billing").client_secret("s3cret").build_with_metadata(&metadata)?;
    /// # Ok::<(), grantkit::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`is_invalid_response`](crate::Error::is_invalid_response) where it is no JSON object, or has no `issuer`.
    pub fn from_json(json: impl AsRef<[u8]>) -> Result<Self> {
        parse(json.as_ref()).map_err(|reason| reason.error("the metadata"))
    }

    /// The same of a server that is known by no issuer, as one whose endpoints were put together by hand: a callback that names an issuer
    /// elsewhere is refused, and there are no ID tokens.
    ///
    /// # Errors
    ///
    /// [`is_invalid_response`](crate::Error::is_invalid_response) where it is no JSON object.
    pub fn without_issuer(json: impl AsRef<[u8]>) -> Result<Self> {
        let mut members: serde_json::Map<_, _> =
            crate::lenient::object(json.as_ref(), "the metadata are no JSON object")?;
        members.insert("issuer".to_owned(), Value::from(""));
        Self::from_json(Value::Object(members).to_string())
    }

    /// The issuer, if the server is known by one.
    pub(crate) fn issuer_name(&self) -> Option<&str> {
        Some(self.issuer.as_str()).filter(|issuer| !issuer.is_empty())
    }

    /// Refuses an address that leads further inside than who names it is, of all that a client would ask, or send a browser to.
    pub(crate) fn check_scope(&self, scope: AddressScope) -> Result<()> {
        // By their names, so that a member that is new here is looked at, too.
        let members = serde_json::to_value(self).unwrap_or_default();
        let addresses = members.as_object().into_iter().flatten();
        let addresses = addresses.filter(|(name, _)| name.ends_with("_endpoint") || name.ends_with("_uri"));
        let aliases = self.mtls_endpoint_aliases.iter().flatten().map(|(name, url)| (name, url.as_str()));
        let addresses = addresses.filter_map(|(name, url)| Some((name, url.as_str()?)));
        addresses.chain(aliases).try_for_each(|(name, url)| scope.check(&format!("`{name}` of the metadata"), url))
    }

    /// What proofs of possession may be signed with.
    pub(crate) fn dpop_algorithms(&self) -> AnnouncedAlgorithms {
        let names = self.dpop_signing_alg_values_supported.as_deref();
        AnnouncedAlgorithms::new(OWNER, "dpop_signing_alg_values_supported", names)
    }

    /// What authorization requests may be signed with.
    pub(crate) fn request_object_algorithms(&self) -> AnnouncedAlgorithms {
        let names = self.request_object_signing_alg_values_supported.as_deref();
        AnnouncedAlgorithms::new(OWNER, "request_object_signing_alg_values_supported", names)
    }

    /// What requests to the backchannel authentication endpoint may be signed with.
    pub(crate) fn backchannel_request_algorithms(&self) -> AnnouncedAlgorithms {
        let names = self.backchannel_authentication_request_signing_alg_values_supported.as_deref();
        AnnouncedAlgorithms::new(OWNER, "backchannel_authentication_request_signing_alg_values_supported", names)
    }

    /// With what only the other document of the same issuer says.
    pub(super) fn completed_by(self, other: &Self) -> Self {
        let members = |metadata: &Self| serde_json::to_value(metadata).ok();
        let both = (members(&self), members(other));
        let (Some(Value::Object(mut own)), Some(Value::Object(others))) = both else { return self };
        for (name, value) in others {
            own.entry(name).or_insert(value);
        }
        read_value(Value::Object(own)).unwrap_or(self)
    }
}
