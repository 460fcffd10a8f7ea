use std::fmt;
use std::future::pending;
use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;

use super::Credentials;
use super::token_entry::TokenEntry;

/// Renews tokens ahead of their expiry without anybody asking for them.
///
/// [`Credentials`] renew by themselves while they are used; a driver is for those that are used seldom and must be there at
/// once when they are. It is a value until a program runs it, and nothing runs once it is dropped or stopped, or once the
/// last of the `Credentials` is gone.
///
/// - It keeps what is there: a client's first token, and the first after [`clear`](Credentials::clear), is left to the first
///   caller.
/// - When a renewal fails, it tries again after each pause (see [`RefreshPolicy`](crate::credentials::RefreshPolicy)), also past the
///   token's expiry; where only a person can help ([`needs_login`](crate::Error::needs_login)), it waits for
///   [`put`](Credentials::put).
/// - A machine that was asleep renews within a minute of its waking up.
///
/// ```
/// use std::time::Duration;
/// use grantkit::prelude::*;
///
/// # #[derive(Clone)]
/// # struct Partner;
/// # #[async_trait]
/// # impl OAuthClient for Partner {
/// #     async fn get_token(&self) -> Result<OAuthToken> { OAuthToken::new("t") }
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let credentials = Partner.credentials();
/// credentials.token().await?;
///
/// let driver = credentials.keep_fresh();
/// let control = driver.control();
/// let running = tokio::spawn(driver.run());
///
/// control.pause();
/// control.resume();
/// control.stop();
/// running.await.unwrap();
/// # Ok(())
/// # }
/// ```
#[must_use = "it does nothing until `.run()` is awaited or spawned"]
pub struct BackgroundRefresh {
    entries: Vec<Weak<TokenEntry>>,
    control: BackgroundRefreshHandle,
}

/// Pauses, resumes and stops a [`BackgroundRefresh`], from wherever a clone of it is.
#[derive(Clone, Debug)]
pub struct BackgroundRefreshHandle(Arc<watch::Sender<Mode>>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Running,
    Paused,
    Stopped,
}

/// Timers stand still while a machine is asleep; the clocks are looked at this often at the least.
const MAX_SLEEP: Duration = Duration::from_mins(1);
/// The tick of the system's clock: who sleeps less wakes up in the same one.
const MIN_SLEEP: Duration = Duration::from_millis(10);

impl BackgroundRefresh {
    /// One for several credentials.
    pub fn new<'a>(credentials: impl IntoIterator<Item = &'a Credentials>) -> Self {
        let entries = credentials.into_iter().map(|one| Arc::downgrade(one.entry())).collect();
        Self { entries, control: BackgroundRefreshHandle(Arc::new(watch::Sender::new(Mode::Running))) }
    }

    /// What it is paused and stopped with while it runs.
    pub fn control(&self) -> BackgroundRefreshHandle {
        self.control.clone()
    }

    /// Renews until it is stopped or dropped, or nobody holds any of the credentials any more.
    ///
    /// To be run within a Tokio runtime with timers, on which the requests are made; there it is one task for each of the
    /// credentials, and they end with this future.
    pub async fn run(self) {
        let mut tasks: JoinSet<()> =
            self.entries.into_iter().map(|entry| keep_fresh(entry, self.control.0.subscribe())).collect();
        while tasks.join_next().await.is_some() {}
    }
}

impl BackgroundRefreshHandle {
    /// No renewal is begun until [`resume`](Self::resume), except by those who use the credentials.
    pub fn pause(&self) {
        self.switch(Mode::Paused);
    }

    /// Goes on; what has become due meanwhile is renewed at once.
    pub fn resume(&self) {
        self.switch(Mode::Running);
    }

    /// Ends the driver for good. A renewal that is under way still comes to its end.
    pub fn stop(&self) {
        self.switch(Mode::Stopped);
    }

    fn switch(&self, to: Mode) {
        self.0.send_if_modified(|mode| {
            let changes = *mode != Mode::Stopped && *mode != to;
            if changes {
                *mode = to;
            }
            changes
        });
    }
}

async fn keep_fresh(entry: Weak<TokenEntry>, mut mode: watch::Receiver<Mode>) {
    let Some(mut changed) = entry.upgrade().map(|entry| entry.handles().watch()) else { return };
    loop {
        changed.mark_unchanged();
        let now = *mode.borrow_and_update();
        let sleep = match (entry.upgrade().filter(|entry| !entry.handles().is_zero()), now) {
            (None, _) | (_, Mode::Stopped) => return,
            (Some(_), Mode::Paused) => None,
            (Some(entry), Mode::Running) => Some(entry.refresh_if_due().unwrap_or(MAX_SLEEP)),
        };
        tokio::select! {
            () = sleep_for(sleep) => {}
            entry_is_there = changed.changed() => if entry_is_there.is_err() { return },
            // The driver holds the other end.
            _ = mode.changed() => {}
        }
    }
}

async fn sleep_for(time: Option<Duration>) {
    match time {
        Some(time) => tokio::time::sleep(time.clamp(MIN_SLEEP, MAX_SLEEP)).await,
        None => pending().await,
    }
}

impl fmt::Debug for BackgroundRefresh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BackgroundRefresh").field("credentials", &self.entries.len()).finish_non_exhaustive()
    }
}
