//! What every `TokenStore` promises, with each that comes along; and what each does beyond that, when what it stands on fails.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[path = "stores_conformance/file.rs"]
mod file_store;
#[path = "stores_conformance/kept.rs"]
mod kept;
#[path = "stores_conformance/keyring.rs"]
mod keyring_store;
#[path = "stores_conformance/leases.rs"]
mod leases;
#[path = "stores_conformance/memory.rs"]
mod memory_store;
#[path = "support/other_process.rs"]
mod other_process;
#[path = "stores_conformance/processes.rs"]
mod processes;
#[path = "stores_conformance/records.rs"]
mod records;
#[path = "stores_conformance/redis_cluster.rs"]
mod redis_cluster;
#[path = "stores_conformance/redis_faults.rs"]
mod redis_faults;
#[path = "support/redis_server.rs"]
mod redis_server;
#[path = "stores_conformance/redis.rs"]
mod redis_store;
#[path = "stores_conformance/redis_tls.rs"]
mod redis_tls;
#[path = "support/secret_service.rs"]
mod secret_service;
#[path = "stores_conformance/ten_copies.rs"]
mod ten_copies;
