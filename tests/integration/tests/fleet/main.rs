//! A fleet: many processes and a store that they share, with processes that are killed and a Redis that goes away. An
//! authorization server that rotates refresh tokens, and takes one that comes twice for theft, counts what it is asked.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod commander;
mod copies;
mod durability;
mod each_step;
mod job;
mod killed;
mod log_out;
mod login;
mod redis_away;
mod steady;
mod trace;
mod traced;
mod unreachable;
mod user;
mod worker;

use grantkit_integration_tests::{other_process, redis_server, relay, support, way};
