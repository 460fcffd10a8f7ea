//! What lies around the grants: metadata of resources, registration, logout, signed answers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod client_id_metadata_document;
mod logout;
mod protected_resource;
mod registered_client;
mod registration;
mod registration_terms;
mod resource_access;
mod resource_access_identity_assertion;
mod resource_access_mix_up;
mod resource_access_trust;
mod signed_introspection;
mod signed_userinfo;

use grantkit_integration_tests::{real_server, support};
