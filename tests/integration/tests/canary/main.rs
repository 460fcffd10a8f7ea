//! Nothing secret is ever shown: every flow runs with a canary in every secret, and everything that
//! can be seen of it is searched: `Debug` and `Display` of every value and error, all logs of all crates, panics.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod api;
mod client_authentication;
mod dpop;
mod encryption;
mod failures;
mod flows;
mod http2;
mod providers;
mod quoted_parameters;
mod watch;

use grantkit_integration_tests::support;
