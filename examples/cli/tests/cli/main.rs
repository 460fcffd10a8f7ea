//! The program `grantkit` as people and programs use it: started as a process, in a real terminal too, against `grantkit serve`.

// All of them are against it.
#![cfg(feature = "serve")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod call;
mod call_errors;
mod client_certificate;
mod clients;
mod credential_helpers;
mod decode_and_discover;
mod keyring;
mod login;
mod offline;
mod profile_changes;
mod profiles;
mod provider_keys;
mod serve;
mod support;
mod terminal;
mod token;
mod trace;
mod wrong_uses;
