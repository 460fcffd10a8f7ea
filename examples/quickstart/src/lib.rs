//! The program is the example beside this file: `cargo run --example quickstart`.
