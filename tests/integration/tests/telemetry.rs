//! What is seen of tokens and requests by `tracing` and by `metrics`: docs/observability.md holds the names.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[path = "support/browser.rs"]
#[allow(dead_code, reason = "the tests of the protocol use the rest of it")]
mod browser;
#[path = "telemetry/collected.rs"]
mod collected;
#[path = "telemetry/documented.rs"]
mod documented;
#[path = "telemetry/endpoints.rs"]
mod endpoints;
#[path = "telemetry/events.rs"]
mod events;
#[path = "telemetry/features.rs"]
mod features;
#[path = "telemetry/measured.rs"]
mod measured;
#[path = "telemetry/metrics.rs"]
mod metrics;
#[path = "telemetry/spans.rs"]
mod spans;
#[path = "telemetry/stage.rs"]
mod stage;
#[path = "credentials/support.rs"]
#[allow(dead_code, reason = "the tests of the credentials use the rest of it")]
mod support;
