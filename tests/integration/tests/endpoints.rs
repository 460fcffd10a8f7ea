//! What lies around the grants: metadata of resources, registration, logout, signed answers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[path = "endpoints/protected_resource.rs"]
mod protected_resource;
#[path = "support/real_server/mod.rs"]
mod real_server;
#[path = "endpoints/registration.rs"]
mod registration;
mod support;
