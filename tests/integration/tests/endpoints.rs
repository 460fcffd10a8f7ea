//! What lies around the grants: metadata of resources, registration, logout, signed answers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[path = "endpoints/client_id_metadata_document.rs"]
mod client_id_metadata_document;
#[path = "endpoints/logout.rs"]
mod logout;
#[path = "endpoints/protected_resource.rs"]
mod protected_resource;
#[path = "support/real_server/mod.rs"]
mod real_server;
#[path = "endpoints/registered_client.rs"]
mod registered_client;
#[path = "endpoints/registration.rs"]
mod registration;
#[path = "endpoints/registration_terms.rs"]
mod registration_terms;
#[path = "endpoints/resource_access.rs"]
mod resource_access;
#[path = "endpoints/resource_access_trust.rs"]
mod resource_access_trust;
#[path = "endpoints/signed_introspection.rs"]
mod signed_introspection;
#[path = "endpoints/signed_userinfo.rs"]
mod signed_userinfo;
mod support;
