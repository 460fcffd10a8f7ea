use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::sync::watch;

use super::obtain::obtain;
use super::slot::Slot;
use super::state::{Departure, Outcome};
use crate::error::Error;

/// Runs one request for a token as a task of its own, so that no caller's going away ends it.
pub(super) fn launch(slot: &Arc<Slot>, departure: Departure, runtime: &Handle) {
    let landing = Landing { slot: Arc::clone(slot), number: departure.number, announce: Some(departure.announce) };
    runtime.spawn(async move {
        let slot = &landing.slot;
        // The lifetime counts from before the request, so that the time it took is not taken for life.
        let started = slot.now();
        let brought = obtain(slot.client(), slot.refresh(), slot.policy()).await.map(|token| (token, started));
        landing.land(brought);
    });
}

/// Sees to it that a flight ends for everyone, however it ends.
struct Landing {
    slot: Arc<Slot>,
    number: u64,
    announce: Option<watch::Sender<Option<Outcome>>>,
}

impl Landing {
    fn land(mut self, brought: crate::error::Result<(crate::token::OAuthToken, super::Moment)>) {
        let outcome = self.slot.land(self.number, brought);
        if let Some(announce) = self.announce.take() {
            tell(&announce, outcome);
        }
    }
}

/// Tells those who wait, unless they were given a token from elsewhere in the meantime.
fn tell(announce: &watch::Sender<Option<Outcome>>, outcome: Outcome) {
    announce.send_if_modified(|told| {
        let first = told.is_none();
        if first {
            *told = Some(outcome);
        }
        first
    });
}

impl Drop for Landing {
    fn drop(&mut self) {
        let Some(announce) = self.announce.take() else { return };
        if std::thread::panicking() {
            let panicked = Error::temporary("the client panicked while it got a token");
            tell(&announce, self.slot.land(self.number, Err(panicked)));
        } else {
            // The runtime went away. The sender goes with it, and whoever waits starts anew where it can.
            self.slot.lose(self.number);
        }
    }
}
