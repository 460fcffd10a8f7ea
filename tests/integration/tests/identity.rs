//! Whose token it is: whatever a token depends on tells it from others (RFC 9700 §2.3).
#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test, that is how to stop")]

#[path = "identity/authentication.rs"]
mod authentication;
#[path = "identity/by_hand.rs"]
mod by_hand;
#[path = "identity/derives.rs"]
mod derives;
#[path = "identity/forwarding.rs"]
mod forwarding;
#[path = "identity/grants.rs"]
mod grants;
#[path = "identity/inputs.rs"]
mod inputs;
#[path = "identity/logins.rs"]
mod logins;
#[path = "identity/providers.rs"]
mod providers;
#[path = "identity/server.rs"]
mod server;
#[path = "identity/stores.rs"]
mod stores;
