//! How a client proves who it is, to the byte and by each method; against a certified server in `oidc_provider`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[path = "client_authentication/assertion.rs"]
mod assertion;
#[path = "client_authentication/certificate.rs"]
mod certificate;
#[path = "client_authentication/negotiation.rs"]
mod negotiation;
#[path = "client_authentication/repeated.rs"]
mod repeated;
#[path = "client_authentication/requests.rs"]
mod requests;
#[path = "client_authentication/sources.rs"]
mod sources;
mod support;
#[path = "client_authentication/untrusted.rs"]
mod untrusted;
