//! What those who run a program see of its tokens: spans and events by `tracing`, numbers by `metrics`, each behind the
//! feature of that name.
//!
//! Whatever happens in the other rooms is one call here, and all names stand here. Without a feature its half of the calls
//! is empty, and nothing is read, kept or counted for it. `docs/observability.md` has the table of all names.

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
#[cfg(feature = "oidc")]
pub(crate) use token::id_token_not_verified;
pub(crate) use token::{
    Flight, Wait, adopted, circuit_closed, circuit_opened, failed, landed, obtained, paused, refresh_token_in_doubt,
    refreshed, refused, scope_withheld,
};
