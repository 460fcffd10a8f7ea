//! The steps of a process, each said before and after it is taken, so that they are known of one that is killed, too.

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use grantkit::Result;
use rustix::process::{Signal, getpid, kill_process};

use crate::job::{Event, When};

/// Says the steps, and kills the process at one of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trace {
    steps: Arc<AtomicUsize>,
    killed_at: Option<(usize, When)>,
}

impl Trace {
    pub(crate) fn new(killed_at: Option<(usize, When)>) -> Self {
        Self { steps: Arc::default(), killed_at }
    }

    pub(crate) async fn step<T>(&self, call: &str, key: &str, taken: impl Future<Output = Result<T>>) -> Result<T> {
        let number = self.steps.fetch_add(1, Ordering::SeqCst) + 1;
        self.at(call, key, number, When::Before);
        let output = taken.await;
        self.at(call, key, number, if output.is_ok() { When::After } else { When::Failed });
        output
    }

    fn at(&self, call: &str, key: &str, number: usize, when: When) {
        say(&Event::Step { call: call.to_owned(), key: key.to_owned(), number, when });
        if self.killed_at == Some((number, when)) {
            // `kill -9`: nothing is tidied up, and nothing comes after it.
            kill_process(getpid(), Signal::KILL).unwrap();
        }
    }
}

/// The test harness writes to the same place, without a line break.
pub(crate) fn say(event: &Event) {
    let line = format!("\n{}\n", serde_json::to_string(event).unwrap());
    // The commander has gone, and this process is about to be ended.
    let _ = std::io::stdout().lock().write_all(line.as_bytes());
}

/// What a kill has cost, by what was said of one login's steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cost {
    Nothing,
    /// The store was being told: it has heard it, or has not.
    Unknown,
    /// The store says that the refresh token is being spent, and nothing of a successor.
    Login,
}

pub(crate) fn cost(events: &[Event], login: &str) -> Cost {
    let last = events.iter().rev().find_map(|event| match event {
        Event::Step { call, key, when, .. } if is_login(key, login) && ["mark", "put"].contains(&call.as_str()) => {
            Some((call.as_str(), *when))
        }
        _ => None,
    });
    match last {
        None | Some(("put", When::After)) => Cost::Nothing,
        Some(("mark", When::After)) => Cost::Login,
        Some(_) => Cost::Unknown,
    }
}

pub(crate) fn is_login(key: &str, login: &str) -> bool {
    key.starts_with("login/") && key.contains(login)
}
