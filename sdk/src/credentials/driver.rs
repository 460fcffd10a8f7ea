use std::fmt;
use std::future::pending;
use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;

use super::Credentials;
use super::token_entry::TokenEntry;

/// Background refresh: refreshes tokens ahead of their expiry while no caller uses them.
///
/// [`Credentials`] refresh by themselves while they are used. This is for tokens that are rarely used and must be available at once.
/// It does nothing until [`run`](Self::run) is awaited, and ends when it is dropped or stopped, or when the last of the `Credentials`
/// is dropped.
///
/// - It refreshes an existing token. A client's first token, and the first after [`clear`](Credentials::clear), is obtained by the
///   first caller.
/// - After a failure it tries again with back-off (see [`RefreshPolicy`](crate::credentials::RefreshPolicy)), also past the token's
///   expiry; if a person has to log in ([`needs_login`](crate::Error::needs_login)), it waits for [`put`](Credentials::put).
/// - After a suspend of the machine it refreshes within a minute.
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

/// Pauses, resumes and stops a [`BackgroundRefresh`], from any task.
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
    /// Creates one for several credentials.
    pub fn new<'a>(credentials: impl IntoIterator<Item = &'a Credentials>) -> Self {
        let entries = credentials.into_iter().map(|one| Arc::downgrade(one.entry())).collect();
        Self { entries, control: BackgroundRefreshHandle(Arc::new(watch::Sender::new(Mode::Running))) }
    }

    /// A handle that pauses and stops it while it runs.
    pub fn control(&self) -> BackgroundRefreshHandle {
        self.control.clone()
    }

    /// Refreshes until it is stopped or dropped, or the last of the credentials is dropped.
    ///
    /// Run it within a Tokio runtime with timers, on which the requests are made. It spawns one task for each of the credentials; they
    /// end with this future.
    pub async fn run(self) {
        let mut tasks: JoinSet<()> =
            self.entries.into_iter().map(|entry| keep_fresh(entry, self.control.0.subscribe())).collect();
        while tasks.join_next().await.is_some() {}
    }
}

impl BackgroundRefreshHandle {
    /// Begins no refresh until [`resume`](Self::resume); callers of the credentials still do.
    pub fn pause(&self) {
        self.switch(Mode::Paused);
    }

    /// Goes on; tokens that have become due meanwhile are refreshed at once.
    pub fn resume(&self) {
        self.switch(Mode::Running);
    }

    /// Ends the background refresh. A request that is under way is still completed.
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
