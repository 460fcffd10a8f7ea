//! Credentials: what happens to a token when many want it, when servers fail, when callers give up, when clocks jump.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod authorization_header;
mod broken_answers;
mod cache;
mod cancelled_callers;
mod circuit;
mod clear_and_put;
mod clocks;
mod connections;
mod debug;
mod driver;
mod endings;
mod forced_refresh;
mod late_answer;
mod lifetimes;
mod lost_refresh_answer;
mod not_sent;
mod outage;
mod panics;
mod refreshed_at_once;
mod rejected_token;
mod renewal_ahead;
mod request_timeout;
mod rotation;
mod runtimes;
mod settle;
mod shared_login;
mod single_flight;
mod undriven;

use grantkit_integration_tests::source as support;
