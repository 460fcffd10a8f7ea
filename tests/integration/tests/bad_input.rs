//! Everything that is wrong: configuration, answers, networks. What the error says, and that nothing good is lost.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[path = "bad_input/answer_hook.rs"]
mod answer_hook;
#[path = "bad_input/answers.rs"]
mod answers;
#[path = "bad_input/configuration.rs"]
mod configuration;
#[path = "bad_input/echoes.rs"]
mod echoes;
#[path = "bad_input/expires_in.rs"]
mod expires_in;
#[path = "bad_input/fuzz.rs"]
mod fuzz;
#[path = "bad_input/network.rs"]
mod network;
#[path = "support/other_process.rs"]
mod other_process;
#[path = "bad_input/proxy.rs"]
mod proxy;
#[path = "bad_input/refused_refresh.rs"]
mod refused_refresh;
#[path = "bad_input/renewal.rs"]
mod renewal;
#[path = "bad_input/request_hooks.rs"]
mod request_hooks;
#[path = "bad_input/retries.rs"]
mod retries;
mod support;
