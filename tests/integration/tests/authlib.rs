//! The SDK against Authlib's authorization server: the core of the protocol, by other hands than `oidc-provider`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[path = "authlib/authorization_code.rs"]
mod authorization_code;
#[path = "authlib/client_credentials.rs"]
mod client_credentials;
#[path = "authlib/device_authorization.rs"]
mod device_authorization;
#[path = "authlib/discovery.rs"]
mod discovery;
#[path = "authlib/forged_answers.rs"]
mod forged_answers;
#[path = "support/real_server/mod.rs"]
mod real_server;
#[path = "authlib/refresh.rs"]
mod refresh;
#[path = "authlib/revocation.rs"]
mod revocation;
#[path = "authlib/single_flight.rs"]
mod single_flight;
#[path = "authlib/userinfo.rs"]
mod userinfo;
