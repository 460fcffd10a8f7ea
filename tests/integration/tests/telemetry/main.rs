//! What is seen of tokens and requests by `tracing` and by `metrics`: docs/observability.md holds the names.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod collected;
mod documented;
mod endpoints;
mod events;
mod features;
mod measured;
mod metrics;
mod spans;
mod stage;

use grantkit_integration_tests::source as support;
