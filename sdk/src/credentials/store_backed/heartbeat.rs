use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use tokio::time::{sleep, timeout};

use super::store_client::LEASE;
use crate::credentials::StoreLease;

/// Signs of life in the time of a lease.
const HEARTBEATS_PER_LEASE: u32 = 3;

/// Does the work with the lease held, and lets go of it. To lose it on the way changes nothing: what the work puts into the
/// store has versions, which decide.
///
/// Dropping the future drops the lease with it; it ends by itself then.
pub(super) async fn while_renewing<T>(
    mut lease: Box<dyn StoreLease>,
    time_limit: Duration,
    work: impl Future<Output = T>,
) -> T {
    let output = race(work, heartbeat(&mut *lease, time_limit)).await;
    // If this fails, the lease ends by itself.
    let _ = timeout(time_limit, lease.release()).await;
    output
}

/// Holds on to the lease until it is lost.
async fn heartbeat(lease: &mut dyn StoreLease, time_limit: Duration) {
    loop {
        sleep(LEASE / HEARTBEATS_PER_LEASE).await;
        if let Ok(Ok(false)) = timeout(time_limit, lease.renew(LEASE)).await {
            return;
        }
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
