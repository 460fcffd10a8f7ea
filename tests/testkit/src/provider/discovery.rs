//! The metadata document of a played service, and its keys.

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use grantkit_providers::catalogue::{AuthMethod, Endpoint, Quirk};
use serde_json::json;

use super::service::Service;
use super::target::Target;
use crate::endpoint::JWKS;
use crate::state::State;

pub(super) fn document(service: &Service, state: &State) -> Response {
    let entry = service.entry;
    let algorithm = if service.has(Quirk::IdTokenHs256) { "HS256" } else { state.keys.algorithm().as_str() };
    let mut document = json!({
        "issuer": state.issuer,
        "jwks_uri": format!("{}{JWKS}", state.base_url),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": [algorithm],
        "token_endpoint_auth_methods_supported":
            entry.auth_methods().iter().map(|method| AuthMethod::name(*method)).collect::<Vec<_>>(),
    });
    for endpoint in [
        Endpoint::Authorization,
        Endpoint::Token,
        Endpoint::Revocation,
        Endpoint::Introspection,
        Endpoint::DeviceAuthorization,
        Endpoint::Userinfo,
        Endpoint::EndSession,
        Endpoint::PushedAuthorizationRequest,
    ] {
        if let Some(url) = entry.endpoint(endpoint) {
            let target = Target::new(&service.fill(url));
            document[endpoint.name()] = format!("{}{}", state.base_url, target.path()).into();
        }
    }
    Json(document).into_response()
}

pub(super) fn keys(state: &State) -> Response {
    Json(state.keys.published()).into_response()
}

/// The document of a DID whose data is here (AT Protocol, "DID").
pub(super) fn did_document(state: &State, path: &str) -> Response {
    let server =
        json!({ "id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": state.base_url });
    Json(json!({ "id": path.trim_start_matches('/'), "service": [server] })).into_response()
}

/// RFC 9728 §3.2.
pub(super) fn protected_resource(state: &State) -> Response {
    Json(json!({ "resource": state.base_url, "authorization_servers": [state.issuer] })).into_response()
}
