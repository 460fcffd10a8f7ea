use std::fmt;
use std::future::pending;
use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;

use super::Credentials;
use super::slot::Slot;

/// Renews tokens ahead of their expiry without anybody asking for them.
///
/// [`Credentials`] renew by themselves while they are used; a driver is for those that are used seldom and must be there at
/// once when they are. It is a value until a program runs it, and nothing runs once it is dropped or stopped, or once the
/// last of the `Credentials` is gone.
///
/// - It keeps what is there: a client's first token, and the first after [`clear`](Credentials::clear), is left to the first
///   caller.
/// - When a renewal fails, it tries again after each pause (see [`RenewalPolicy`](crate::RenewalPolicy)), also past the
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
pub struct RenewalDriver {
    slots: Vec<Weak<Slot>>,
    control: RenewalControl,
}

/// Pauses, resumes and stops a [`RenewalDriver`], from wherever a clone of it is.
#[derive(Clone, Debug)]
pub struct RenewalControl(Arc<watch::Sender<Mode>>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Running,
    Paused,
    Stopped,
}

/// Timers stand still while a machine is asleep; the clocks are looked at this often at the least.
const LONGEST_SLEEP: Duration = Duration::from_mins(1);
/// The tick of the system's clock: who sleeps less wakes up in the same one.
const SHORTEST_SLEEP: Duration = Duration::from_millis(10);

impl RenewalDriver {
    /// One for several credentials.
    pub fn new<'a>(credentials: impl IntoIterator<Item = &'a Credentials>) -> Self {
        let slots = credentials.into_iter().map(|one| Arc::downgrade(one.slot())).collect();
        Self { slots, control: RenewalControl(Arc::new(watch::Sender::new(Mode::Running))) }
    }

    /// What it is paused and stopped with while it runs.
    pub fn control(&self) -> RenewalControl {
        self.control.clone()
    }

    /// Renews until it is stopped or dropped, or nobody holds any of the credentials any more.
    ///
    /// To be run within a Tokio runtime with timers, on which the requests are made; there it is one task for each of the
    /// credentials, and they end with this future.
    pub async fn run(self) {
        let mut tasks: JoinSet<()> =
            self.slots.into_iter().map(|slot| keep_fresh(slot, self.control.0.subscribe())).collect();
        while tasks.join_next().await.is_some() {}
    }
}

impl RenewalControl {
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

async fn keep_fresh(slot: Weak<Slot>, mut mode: watch::Receiver<Mode>) {
    let Some(mut changed) = slot.upgrade().map(|slot| slot.holders().watch()) else { return };
    loop {
        changed.mark_unchanged();
        let now = *mode.borrow_and_update();
        let sleep = match (slot.upgrade().filter(|slot| !slot.holders().are_gone()), now) {
            (None, _) | (_, Mode::Stopped) => return,
            (Some(_), Mode::Paused) => None,
            (Some(slot), Mode::Running) => Some(slot.tend().unwrap_or(LONGEST_SLEEP)),
        };
        tokio::select! {
            () = sleep_for(sleep) => {}
            slot_is_there = changed.changed() => if slot_is_there.is_err() { return },
            // The driver holds the other end.
            _ = mode.changed() => {}
        }
    }
}

async fn sleep_for(time: Option<Duration>) {
    match time {
        Some(time) => tokio::time::sleep(time.clamp(SHORTEST_SLEEP, LONGEST_SLEEP)).await,
        None => pending().await,
    }
}

impl fmt::Debug for RenewalDriver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RenewalDriver").field("credentials", &self.slots.len()).finish_non_exhaustive()
    }
}
