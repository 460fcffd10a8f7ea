//! The web login for axum, without a browser: what a browser would not send, and what another one sends.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod backchannel_logout;
mod binding;
mod browser;
mod cookies;
mod extractors;
mod form_post;
mod given_up;
mod hanging_store;
mod issuers;
mod log_out;
mod of_person;
mod person;
mod site;
mod stores;
