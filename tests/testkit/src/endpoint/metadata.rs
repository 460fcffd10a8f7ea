//! The metadata documents (RFC 8414, OpenID Connect Discovery) and the JWK set.

use axum::Json;
use serde_json::{Value, json};

use super::{AUTHORIZE, DEVICE_AUTHORIZATION, INTROSPECT, JWKS, REVOKE, Shared, TOKEN, USERINFO};
use crate::state::State;

/// RFC 8414 §3.
pub(super) async fn oauth(state: Shared) -> Json<Value> {
    Json(document(&state))
}

/// OpenID Connect Discovery §4.
pub(super) async fn openid(state: Shared) -> Json<Value> {
    Json(document(&state))
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
        "userinfo_endpoint": url(USERINFO),
        "jwks_uri": url(JWKS),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "client_credentials", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
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
    if let Some(scopes) = &state.allowed_scopes {
        document["scopes_supported"] = scopes.to_string().split(' ').collect();
    }
    document
}
