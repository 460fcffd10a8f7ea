//! Stores: what happens to a token that several processes share, when they want it at once, when one dies on the way, when
//! the store is away. The processes are caches here, which know nothing of each other.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unchecked_time_subtraction, reason = "tests")]

mod adopted_expiry;
mod clear_and_put;
mod configured_refresh_token;
mod contents;
mod crash;
mod damaged;
mod equal_versions;
mod faulty_store;
mod files;
mod issuer;
mod keys;
mod known_newer;
mod log_out;
mod log_out_races;
mod login_builder;
mod lost_answer;
mod oidc_provider;
mod one_request;
mod outage;
mod overtaken;
mod pause;
#[cfg(target_os = "linux")]
mod read_only;
mod redis_refuses;
mod rejected_token;
mod settle;
mod stored_login;
mod two_resources;
mod unreachable_server;
mod unwritable;

use grantkit_integration_tests::{other_process, real_server, redis_server, source, support, way};
