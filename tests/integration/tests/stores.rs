//! Stores: what happens to a token that several processes share, when they want it at once, when one dies on the way, when
//! the store is away. The processes are caches here, which know nothing of each other.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unchecked_time_subtraction, reason = "tests")]

#[path = "stores/adopted_expiry.rs"]
mod adopted_expiry;
#[path = "stores/clear_and_put.rs"]
mod clear_and_put;
#[path = "stores/configured_refresh_token.rs"]
mod configured_refresh_token;
#[path = "stores/contents.rs"]
mod contents;
#[path = "stores/crash.rs"]
mod crash;
#[path = "stores/damaged.rs"]
mod damaged;
#[path = "stores/faulty_store.rs"]
mod faulty_store;
#[path = "stores/files.rs"]
mod files;
#[path = "stores/issuer.rs"]
mod issuer;
#[path = "stores/keys.rs"]
mod keys;
#[path = "stores/log_out.rs"]
mod log_out;
#[path = "stores/log_out_races.rs"]
mod log_out_races;
#[path = "stores/lost_answer.rs"]
mod lost_answer;
#[path = "stores/oidc_provider.rs"]
mod oidc_provider;
#[path = "stores/one_request.rs"]
mod one_request;
#[path = "support/other_process.rs"]
mod other_process;
#[path = "stores/outage.rs"]
mod outage;
#[path = "stores/overtaken.rs"]
mod overtaken;
#[path = "support/real_server/mod.rs"]
mod real_server;
#[path = "stores/refused_token.rs"]
mod refused_token;
#[path = "stores/stored_login.rs"]
mod stored_login;
mod support;
#[path = "stores/two_resources.rs"]
mod two_resources;
#[path = "stores/unreachable_server.rs"]
mod unreachable_server;
#[path = "stores/unwritable.rs"]
mod unwritable;
#[path = "support/way.rs"]
mod way;
