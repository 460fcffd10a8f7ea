//! Whose token it is: whatever a token depends on tells it from others (RFC 9700 §2.3).
#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test, that is how to stop")]

mod answers;
mod asking;
mod authentication;
mod begun_logins;
mod by_hand;
mod clocks;
mod corrected;
mod derives;
mod forwarding;
mod google_setters;
mod grants;
mod inputs;
mod json_token_request;
mod login_rules;
mod logins;
mod metadata_server;
mod providers;
mod refresh_tokens;
mod seen;
mod server;
mod setters;
mod stores;
