//! Whose token it is: whatever a token depends on tells it from others (RFC 9700 §2.3).
#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test, that is how to stop")]

mod authentication;
mod by_hand;
mod derives;
mod forwarding;
mod grants;
mod inputs;
mod logins;
mod providers;
mod server;
mod stores;
