//! The protocol against the testkit's authorization server, and against scripted ones for what it does not offer.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod advice;
mod authorization_code;
mod client_credentials;
mod device_authorization;
mod discovery;
mod endpoints;
mod given_clock;
mod id_token;
mod login_parameters;
mod loopback;
mod manual_clock;
mod own_id_token;
mod pending_login;
mod pkce;
mod refresh;
mod runtimes;
mod signed_requests;

use grantkit_integration_tests::support;
