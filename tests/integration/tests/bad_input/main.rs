//! Everything that is wrong: configuration, answers, networks. What the error says, and that nothing good is lost.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod answer_hook;
mod answers;
mod configuration;
mod echoes;
mod expires_in;
mod fuzz;
mod network;
mod own_requests;
mod proxy;
mod refused_refresh;
mod renewal;
mod request_hooks;
mod retries;

use grantkit_integration_tests::{other_process, support, way};
