//! A fleet: many processes and a store that they share, with processes that are killed and a Redis that goes away. An
//! authorization server that rotates refresh tokens, and takes one that comes twice for theft, counts what it is asked.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[path = "fleet/commander.rs"]
mod commander;
#[path = "fleet/copies.rs"]
mod copies;
#[path = "fleet/each_step.rs"]
mod each_step;
#[path = "fleet/job.rs"]
mod job;
#[path = "fleet/killed.rs"]
mod killed;
#[path = "fleet/login.rs"]
mod login;
#[path = "support/other_process.rs"]
mod other_process;
#[path = "fleet/redis_away.rs"]
mod redis_away;
#[path = "support/redis_server.rs"]
mod redis_server;
#[path = "fleet/steady.rs"]
mod steady;
mod support;
#[path = "fleet/trace.rs"]
mod trace;
#[path = "fleet/traced.rs"]
mod traced;
#[path = "fleet/unreachable.rs"]
mod unreachable;
#[path = "support/way.rs"]
mod way;
#[path = "fleet/worker.rs"]
mod worker;
