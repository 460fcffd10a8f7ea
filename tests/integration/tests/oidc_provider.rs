//! The SDK against npm's `oidc-provider`, an authorization server that the `OpenID` Foundation has certified.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[path = "oidc_provider/api_client.rs"]
mod api_client;
#[path = "oidc_provider/authorization_code.rs"]
mod authorization_code;
#[path = "oidc_provider/authorization_request.rs"]
mod authorization_request;
#[path = "oidc_provider/ciba.rs"]
mod ciba;
#[path = "oidc_provider/client_authentication.rs"]
mod client_authentication;
#[path = "oidc_provider/client_certificate.rs"]
mod client_certificate;
#[path = "oidc_provider/client_credentials.rs"]
mod client_credentials;
#[path = "oidc_provider/device_authorization.rs"]
mod device_authorization;
#[path = "oidc_provider/discovery.rs"]
mod discovery;
#[path = "oidc_provider/dpop.rs"]
mod dpop;
#[path = "oidc_provider/encryption.rs"]
mod encryption;
#[path = "oidc_provider/encryption_by_others.rs"]
mod encryption_by_others;
#[path = "oidc_provider/hybrid.rs"]
mod hybrid;
#[path = "oidc_provider/id_token.rs"]
mod id_token;
#[path = "oidc_provider/jwt_bearer.rs"]
mod jwt_bearer;
#[path = "oidc_provider/provider.rs"]
mod provider;
#[path = "oidc_provider/pushed_request.rs"]
mod pushed_request;
#[path = "support/real_server/mod.rs"]
mod real_server;
#[path = "oidc_provider/refresh.rs"]
mod refresh;
#[path = "oidc_provider/request_object.rs"]
mod request_object;
#[path = "oidc_provider/resource_owner_password.rs"]
mod resource_owner_password;
#[path = "oidc_provider/revocation.rs"]
mod revocation;
#[allow(dead_code, reason = "not all of it is used here")]
#[path = "support/scripted.rs"]
mod scripted;
#[path = "oidc_provider/signed_response.rs"]
mod signed_response;
#[path = "oidc_provider/single_flight.rs"]
mod single_flight;
#[path = "oidc_provider/token_exchange.rs"]
mod token_exchange;
#[path = "oidc_provider/userinfo.rs"]
mod userinfo;
