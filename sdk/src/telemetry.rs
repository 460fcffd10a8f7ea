//! Observability: spans and events (feature `tracing`), counters and histograms (feature `metrics`).
//!
//! Nothing has to be called: with a feature on, the crate reports to the program's subscriber or recorder. [`observability`](crate::observability)
//! lists all names. `describe_metrics` registers their units and descriptions with a recorder.
//!
//! ```
//! // Once at the start, before the first token. A `tracing` subscriber needs no more than to be installed.
//! # #[cfg(feature = "metrics")]
//! grantkit::telemetry::describe_metrics();
//! ```

mod endpoint;
mod exchange;
#[cfg_attr(not(feature = "metrics"), path = "telemetry/no_instruments.rs")]
mod instruments;
#[cfg(any(feature = "tracing", feature = "metrics"))]
mod outcome;
#[cfg_attr(not(feature = "tracing"), path = "telemetry/no_spans.rs")]
mod spans;
mod token;

pub(crate) use endpoint::Endpoint;
pub(crate) use exchange::Exchange;
pub(crate) use instruments::Age;
#[cfg(feature = "metrics")]
pub use instruments::describe_metrics;
pub(crate) use spans::in_current_span;
#[cfg(feature = "axum")]
pub(crate) use token::web_login_failed;
pub(crate) use token::{
    Acquisition, Wait, acquisition_ended, backoff_rejected, circuit_closed, circuit_opened, failed,
    id_token_not_verified, login_not_refreshed, obtained, refresh_token_in_doubt, refreshed, rejected, scope_withheld,
    store_hit, stored_id_token_refused,
};
