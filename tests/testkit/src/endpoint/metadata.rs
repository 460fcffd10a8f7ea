//! The metadata documents (RFC 8414, OpenID Connect Discovery) and the JWK set.

use axum::Json;
use http::StatusCode;
use serde_json::{Value, json};

use super::{
    AUTHORIZE, BACKCHANNEL_AUTHENTICATION, DEVICE_AUTHORIZATION, END_SESSION, INTROSPECT, JWKS, PUSH, REGISTER, REVOKE,
    Shared, TOKEN, USERINFO,
};
use crate::grant;
use crate::state::{MetadataDocuments, State};

/// RFC 8414 §3.
pub(super) async fn oauth(state: Shared) -> Result<Json<Value>, StatusCode> {
    match state.documents {
        MetadataDocuments::OpenId => Err(StatusCode::NOT_FOUND),
        MetadataDocuments::Split => Ok(Json(without(document(&state), &OPENID_MEMBERS))),
        MetadataDocuments::Both | MetadataDocuments::OAuth => Ok(Json(document(&state))),
    }
}

/// OpenID Connect Discovery §4.
pub(super) async fn openid(state: Shared) -> Result<Json<Value>, StatusCode> {
    match state.documents {
        MetadataDocuments::OAuth => Err(StatusCode::NOT_FOUND),
        MetadataDocuments::Split => Ok(Json(without(document(&state), &OAUTH_MEMBERS))),
        MetadataDocuments::Both | MetadataDocuments::OpenId => Ok(Json(document(&state))),
    }
}

/// What OpenID Connect alone defines.
const OPENID_MEMBERS: [&str; 7] = [
    "userinfo_endpoint",
    "end_session_endpoint",
    "backchannel_authentication_endpoint",
    "backchannel_token_delivery_modes_supported",
    "subject_types_supported",
    "id_token_signing_alg_values_supported",
    "request_parameter_supported",
];

/// What came after OpenID Connect Discovery.
const OAUTH_MEMBERS: [&str; 6] = [
    "revocation_endpoint",
    "introspection_endpoint",
    "device_authorization_endpoint",
    "pushed_authorization_request_endpoint",
    "code_challenge_methods_supported",
    "dpop_signing_alg_values_supported",
];

fn without(mut document: Value, members: &[&str]) -> Value {
    if let Some(object) = document.as_object_mut() {
        object.retain(|name, _| !members.contains(&name.as_str()));
    }
    document
}

/// RFC 7517 §5.
pub(super) async fn jwks(state: Shared) -> Json<Value> {
    Json(state.keys.published())
}

fn document(state: &State) -> Value {
    let url = |path: &str| format!("{}{path}", state.base_url);
    let mut document = json!({
        "issuer": state.issuer,
        "authorization_endpoint": url(AUTHORIZE),
        "token_endpoint": url(TOKEN),
        "revocation_endpoint": url(REVOKE),
        "introspection_endpoint": url(INTROSPECT),
        "device_authorization_endpoint": url(DEVICE_AUTHORIZATION),
        "pushed_authorization_request_endpoint": url(PUSH),
        "require_pushed_authorization_requests": state.requires_pushed_requests,
        "registration_endpoint": url(REGISTER),
        "end_session_endpoint": url(END_SESSION),
        "backchannel_authentication_endpoint": url(BACKCHANNEL_AUTHENTICATION),
        "backchannel_token_delivery_modes_supported": ["poll"],
        "userinfo_endpoint": url(USERINFO),
        "jwks_uri": url(JWKS),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query", "form_post"],
        "grant_types_supported": [
            "authorization_code",
            "client_credentials",
            "refresh_token",
            grant::DEVICE_CODE,
            grant::CIBA,
            grant::TOKEN_EXCHANGE,
            grant::JWT_BEARER,
        ],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
        "revocation_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
        "introspection_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": [state.keys.algorithm().as_str()],
        "dpop_signing_alg_values_supported": ["ES256"],
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
    });
    // By draft-ietf-oauth-identity-assertion-authz-grant, as the identity provider and as the API's server.
    document["identity_chaining_requested_token_types_supported"] = json!([grant::ID_JAG]);
    if !state.trusted_issuers.is_empty() {
        document["authorization_grant_profiles_supported"] = json!([grant::ID_JAG_PROFILE]);
    }
    if let Some(scopes) = &state.allowed_scopes {
        document["scopes_supported"] = scopes.to_string().split(' ').collect();
    }
    document
}
