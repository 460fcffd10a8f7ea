use std::fmt::{Debug, Display};

use grantkit_testkit::{AuthorizationServer, Counters};

/// Says what each step did, the server's count beside ours, and remembers what was not as promised.
#[derive(Default)]
pub(crate) struct Account {
    broken: Vec<String>,
}

impl Account {
    pub(crate) fn step(number: u32, title: &str) {
        println!("\n{number}. {title}");
    }

    pub(crate) fn say(line: impl Display) {
        println!("     {line}");
    }

    /// One promise: what was seen, and what had to be.
    #[expect(clippy::needless_pass_by_value, reason = "it reads better where it is called")]
    pub(crate) fn check<T: PartialEq + Debug>(&mut self, what: &str, seen: T, promised: T) {
        let kept = seen == promised;
        println!("   {} {what}: {seen:?}", if kept { "✓" } else { "✗" });
        if !kept {
            self.broken.push(format!("{what}: {seen:?} instead of {promised:?}"));
        }
    }

    pub(crate) fn close(self) -> anyhow::Result<()> {
        if self.broken.is_empty() {
            println!("\nEverything as promised.");
            return Ok(());
        }
        anyhow::bail!("not as promised: {}", self.broken.join("; "))
    }
}

/// The server's counters since a moment.
pub(crate) struct Since<'a> {
    server: &'a AuthorizationServer,
    start: Counters,
}

impl<'a> Since<'a> {
    pub(crate) fn now(server: &'a AuthorizationServer) -> Self {
        Self { server, start: server.counters() }
    }

    pub(crate) fn token_requests(&self) -> u64 {
        self.server.counters().token_requests - self.start.token_requests
    }

    pub(crate) fn refreshes(&self) -> u64 {
        self.server.counters().refresh_token - self.start.refresh_token
    }
}
