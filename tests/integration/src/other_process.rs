//! This program, run again, as another process: one of its tests does what the environment tells it to.

use std::process::{Command, Stdio};

/// What it prints comes after a line break: the test harness writes to the same place.
pub fn other_process(test: &str) -> Command {
    let mut process = Command::new(std::env::current_exe().unwrap());
    process.args(["--exact", test, "--nocapture"]).stdout(Stdio::piped());
    process
}
