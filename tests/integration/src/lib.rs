//! What several of the test programs in `tests/` need: servers that are set up or scripted, real servers and stores, a browser, a
//! clock to wait by. The tests are in `tests/`, a program an area.

#![allow(missing_docs, missing_debug_implementations, clippy::new_without_default, reason = "read by the tests alone")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::missing_panics_doc, reason = "tests")]

pub mod certificates;
pub mod chromium;
pub mod each_server;
pub mod other_process;
pub mod program;
pub mod real_server;
pub mod redis_server;
pub mod relay;
pub mod secret_service;
pub mod source;
pub mod support;
pub mod way;
