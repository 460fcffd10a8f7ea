//! What every `TokenStore` promises, with each that comes along; and what each does beyond that, when what it stands on fails.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod file_store;
mod file_store_leftovers;
mod kept;
mod keyring_store;
mod leases;
mod memory_store;
mod processes;
mod records;
mod redis_abandoned;
mod redis_cluster;
mod redis_faults;
mod redis_refusals;
mod redis_repeated;
mod redis_store;
mod redis_tls;
mod scripted_redis;
mod ten_copies;

use grantkit_integration_tests::{other_process, redis_server, secret_service, support};
