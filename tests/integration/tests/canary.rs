//! Nothing secret is ever shown: every flow runs with a canary in every secret, and everything that
//! can be seen of it is searched: `Debug` and `Display` of every value and error, all logs of all crates, panics.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[path = "canary/api.rs"]
mod api;
#[path = "canary/client_authentication.rs"]
mod client_authentication;
#[path = "canary/dpop.rs"]
mod dpop;
#[path = "canary/encryption.rs"]
mod encryption;
#[path = "canary/failures.rs"]
mod failures;
#[path = "canary/flows.rs"]
mod flows;
#[path = "canary/http2.rs"]
mod http2;
#[path = "canary/providers.rs"]
mod providers;
mod support;
#[path = "canary/watch.rs"]
mod watch;
