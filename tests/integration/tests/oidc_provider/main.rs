//! The SDK against npm's `oidc-provider`, an authorization server that the `OpenID` Foundation has certified.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod api_client;
mod authorization_code;
mod authorization_request;
mod ciba;
mod client_authentication;
mod client_certificate;
mod client_credentials;
mod device_authorization;
mod discovery;
mod dpop;
mod encryption;
mod encryption_by_others;
mod hybrid;
mod id_token;
mod jwt_bearer;
mod provider;
mod pushed_request;
mod refresh;
mod request_object;
mod resource_owner_password;
mod revocation;
#[allow(dead_code, reason = "not all of it is used here")]
mod signed_response;
mod single_flight;
mod token_exchange;
mod userinfo;

use grantkit_integration_tests::support::scripted;
use grantkit_integration_tests::{for_each_server, real_server};

for_each_server!(OIDC_PROVIDER);
