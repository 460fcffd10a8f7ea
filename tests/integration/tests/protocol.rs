//! The protocol against the testkit's authorization server, and against scripted ones for what it does not offer.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[path = "protocol/advice.rs"]
mod advice;
#[path = "protocol/authorization_code.rs"]
mod authorization_code;
#[path = "protocol/client_credentials.rs"]
mod client_credentials;
#[path = "protocol/device_authorization.rs"]
mod device_authorization;
#[path = "protocol/discovery.rs"]
mod discovery;
#[path = "protocol/endpoints.rs"]
mod endpoints;
#[path = "protocol/given_clock.rs"]
mod given_clock;
#[path = "protocol/id_token.rs"]
mod id_token;
#[path = "protocol/login_parameters.rs"]
mod login_parameters;
#[path = "protocol/loopback.rs"]
mod loopback;
#[path = "protocol/own_id_token.rs"]
mod own_id_token;
#[path = "protocol/pending_login.rs"]
mod pending_login;
#[path = "protocol/pkce.rs"]
mod pkce;
#[path = "protocol/refresh.rs"]
mod refresh;
#[path = "protocol/runtimes.rs"]
mod runtimes;
#[path = "protocol/signed_requests.rs"]
mod signed_requests;
mod support;
