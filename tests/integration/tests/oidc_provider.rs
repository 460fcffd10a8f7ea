//! The SDK against npm's `oidc-provider`, an authorization server that the `OpenID` Foundation has certified.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[path = "oidc_provider/api_client.rs"]
mod api_client;
#[path = "oidc_provider/authorization_code.rs"]
mod authorization_code;
#[path = "oidc_provider/client_credentials.rs"]
mod client_credentials;
#[path = "oidc_provider/device_authorization.rs"]
mod device_authorization;
#[path = "oidc_provider/discovery.rs"]
mod discovery;
#[path = "oidc_provider/id_token.rs"]
mod id_token;
#[path = "support/real_server/mod.rs"]
mod real_server;
#[path = "oidc_provider/refresh.rs"]
mod refresh;
#[path = "oidc_provider/revocation.rs"]
mod revocation;
#[path = "oidc_provider/single_flight.rs"]
mod single_flight;
#[path = "oidc_provider/userinfo.rs"]
mod userinfo;
