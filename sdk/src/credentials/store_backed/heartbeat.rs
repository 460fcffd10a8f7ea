use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{Mutex as StdMutex, PoisonError};
use std::task::Poll;
use std::time::{Duration, SystemTime};

use tokio::sync::Mutex;
use tokio::time::{Instant, sleep, timeout};

use super::store_client::LEASE;
use crate::credentials::StoreLease;
use crate::error::{Error, Result};
use crate::time;

/// Signs of life in the time of a lease.
const HEARTBEATS_PER_LEASE: u32 = 3;

/// A lease, and when it was last known to be held. Dropped, it ends by itself.
pub(super) struct HeldLease {
    lease: Mutex<Box<dyn StoreLease>>,
    call_timeout: Duration,
    known: StdMutex<Known>,
}

#[derive(Clone, Copy)]
enum Known {
    HeldAt(Moment),
    Lost,
}

/// By both clocks: one of them may stand still while the machine does.
#[derive(Clone, Copy)]
pub(super) struct Moment {
    monotonic: Instant,
    wall: SystemTime,
}

impl Moment {
    pub(super) fn now() -> Self {
        Self { monotonic: Instant::now(), wall: time::wall_clock() }
    }

    fn elapsed(self) -> Duration {
        let by_wall = time::wall_clock().duration_since(self.wall).unwrap_or_default();
        self.monotonic.elapsed().max(by_wall)
    }
}

impl HeldLease {
    /// One that was asked for at that moment: its time counts from then on, or later.
    pub(super) fn new(lease: Box<dyn StoreLease>, asked: Moment, call_timeout: Duration) -> Self {
        Self { lease: Mutex::new(lease), call_timeout, known: StdMutex::new(Known::HeldAt(asked)) }
    }

    /// Does the work with the lease held. To lose it on the way ends nothing: what the work puts into the store has versions, which
    /// decide.
    pub(super) async fn while_renewing<T>(&self, work: impl Future<Output = T>) -> T {
        race(work, self.heartbeat()).await
    }

    /// Lets go of it.
    pub(super) async fn release(self) {
        // If this fails, the lease ends by itself.
        let _ = timeout(self.call_timeout, self.lease.into_inner().release()).await;
    }

    /// Whether no other process can have it, for half of its time at the least. The store is asked only where this process may have
    /// stood still.
    pub(super) async fn is_held(&self) -> Result<bool> {
        match self.known() {
            Known::Lost => Ok(false),
            Known::HeldAt(moment) if moment.elapsed() < LEASE / 2 => Ok(true),
            Known::HeldAt(_) => self.renew().await,
        }
    }

    /// Holds on to the lease until it is lost.
    async fn heartbeat(&self) {
        loop {
            sleep(LEASE / HEARTBEATS_PER_LEASE).await;
            if let Ok(false) = self.renew().await {
                return;
            }
        }
    }

    async fn renew(&self) -> Result<bool> {
        let asked = Moment::now();
        let renewed = timeout(self.call_timeout, async { self.lease.lock().await.renew(LEASE).await }).await;
        let is_held = renewed.unwrap_or_else(|_| Err(Error::temporary("the token store does not answer")))?;
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) =
            if is_held { Known::HeldAt(asked) } else { Known::Lost };
        Ok(is_held)
    }

    fn known(&self) -> Known {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn race<T>(work: impl Future<Output = T>, other: impl Future<Output = ()>) -> T {
    let (mut work, mut other) = (pin!(work), pin!(other));
    let mut other_goes_on = true;
    poll_fn(|context| {
        if let Poll::Ready(output) = work.as_mut().poll(context) {
            return Poll::Ready(output);
        }
        other_goes_on = other_goes_on && other.as_mut().poll(context).is_pending();
        Poll::Pending
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[derive(Debug)]
    struct Counted {
        renewals: Arc<AtomicUsize>,
        is_lost: bool,
    }

    #[async_trait::async_trait]
    impl StoreLease for Counted {
        async fn renew(&mut self, _: Duration) -> Result<bool> {
            self.renewals.fetch_add(1, Ordering::SeqCst);
            Ok(!self.is_lost)
        }

        async fn release(self: Box<Self>) -> Result<()> {
            Ok(())
        }
    }

    fn held(is_lost: bool) -> (HeldLease, Arc<AtomicUsize>) {
        let renewals = Arc::new(AtomicUsize::new(0));
        let lease = Counted { renewals: Arc::clone(&renewals), is_lost };
        (HeldLease::new(Box::new(lease), Moment::now(), Duration::from_secs(5)), renewals)
    }

    #[tokio::test(start_paused = true)]
    async fn store_is_asked_for_a_lease_after_half_of_its_time() {
        let (lease, renewals) = held(false);
        assert!(lease.is_held().await.unwrap());
        assert_eq!(renewals.load(Ordering::SeqCst), 0);
        for renewed in 1..3 {
            tokio::time::advance(LEASE / 2).await;
            assert!(lease.is_held().await.unwrap());
            assert!(lease.is_held().await.unwrap());
            assert_eq!(renewals.load(Ordering::SeqCst), renewed);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn lost_lease_stays_lost_whenever_that_was_seen() {
        for is_seen_by_heartbeat in [false, true] {
            let (lease, renewals) = held(true);
            if is_seen_by_heartbeat {
                lease.while_renewing(sleep(LEASE)).await;
            } else {
                tokio::time::advance(LEASE).await;
            }
            for _ in 0..2 {
                assert!(!lease.is_held().await.unwrap());
            }
            assert_eq!(renewals.load(Ordering::SeqCst), 1);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn wall_clock_tells_of_a_machine_that_was_asleep() {
        let (lease, renewals) = held(true);
        let asleep = Moment { wall: time::wall_clock().checked_sub(LEASE).unwrap(), ..Moment::now() };
        *lease.known.lock().unwrap() = Known::HeldAt(asleep);
        assert!(!lease.is_held().await.unwrap());
        assert_eq!(renewals.load(Ordering::SeqCst), 1);
    }
}
