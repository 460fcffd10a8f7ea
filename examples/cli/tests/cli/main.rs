//! The program `grantkit` as people and programs use it: started as a process, in a real terminal too, against `grantkit serve`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod call;
mod credential_helpers;
mod decode_and_discover;
mod login;
mod profiles;
mod support;
mod terminal;
mod token;
mod wrong_uses;
