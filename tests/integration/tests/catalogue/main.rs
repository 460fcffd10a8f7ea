//! The catalogue of providers: its data files are sound, and what is generated from them is current.
//!
//! `GRANTKIT_UPDATE=1` writes what is generated instead of comparing it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod authentication_methods;
mod client_keys;
mod code_pages;
mod connect;
mod data;
mod docs;
mod encrypted;
mod end_to_end;
mod entries;
mod every_service;
mod example;
mod httpx_oauth;
mod lost_answers;
mod own_ways;
mod passing_trouble;
mod peer_logins;
mod refresh_scope;
mod refusals;
mod same_client;
mod selectors;
mod service;
mod source;
mod table;
mod templates;
mod types;

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Compares a generated file with what it has to be, or writes it.
fn check_generated(path: &str, wanted: &str) {
    let file = root().join(path);
    if fs::read_to_string(&file).is_ok_and(|present| present == wanted) {
        return;
    }
    if std::env::var_os("GRANTKIT_UPDATE").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, wanted).unwrap();
    } else {
        panic!("{path} is not what the data files say; GRANTKIT_UPDATE=1 writes it");
    }
}
