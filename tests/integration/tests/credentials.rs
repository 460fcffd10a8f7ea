//! Credentials: what happens to a token when many want it, when servers fail, when callers give up, when clocks jump.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[path = "credentials/cache.rs"]
mod cache;
#[path = "credentials/cancelled_callers.rs"]
mod cancelled_callers;
#[path = "credentials/circuit.rs"]
mod circuit;
#[path = "credentials/clear_and_put.rs"]
mod clear_and_put;
#[path = "credentials/clocks.rs"]
mod clocks;
#[path = "credentials/connections.rs"]
mod connections;
#[path = "credentials/debug.rs"]
mod debug;
#[path = "credentials/driver.rs"]
mod driver;
#[path = "credentials/endings.rs"]
mod endings;
#[path = "credentials/forced_refresh.rs"]
mod forced_refresh;
#[path = "credentials/lifetimes.rs"]
mod lifetimes;
#[path = "credentials/lost_refresh_answer.rs"]
mod lost_refresh_answer;
#[path = "credentials/outage.rs"]
mod outage;
#[path = "credentials/panics.rs"]
mod panics;
#[path = "credentials/refused_token.rs"]
mod refused_token;
#[path = "credentials/renewal_ahead.rs"]
mod renewal_ahead;
#[path = "credentials/request_timeout.rs"]
mod request_timeout;
#[path = "credentials/rotation.rs"]
mod rotation;
#[path = "credentials/runtimes.rs"]
mod runtimes;
#[path = "credentials/settle.rs"]
mod settle;
#[path = "credentials/shared_login.rs"]
mod shared_login;
#[path = "credentials/single_flight.rs"]
mod single_flight;
#[path = "credentials/support.rs"]
mod support;
