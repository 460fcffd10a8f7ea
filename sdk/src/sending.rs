//! The moment before a request's bytes leave: where something is noted first, and what is known not to have been sent.
//!
//! The token store has to know that a refresh token is being spent before the server can know it, and not earlier: a login that
//! is marked as spent while the connection was never made is lost for nothing. Those who spend set a hook
//! ([`with_hook`]); the transport asks ([`about_to_send`]) once it has a fresh connection for a request that spends something.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::{Notify, watch};

use crate::error::{Error, Result};

tokio::task_local! {
    static GATE: Gate;
    static DEPARTURE: Departure;
}

/// Stands between a connection and the request that is to be sent over it.
#[derive(Clone)]
struct Gate {
    /// A request has come, and wants to pass.
    arrived: Arc<Notify>,
    /// What the hook said, once it has.
    verdict: watch::Receiver<Option<Result<()>>>,
}

/// One request on its way out.
#[derive(Clone)]
struct Departure {
    /// Whether the hook is to be asked.
    spends: bool,
    /// Whether the bytes may have left.
    departed: Arc<AtomicBool>,
}

/// Runs `errand`, and `hook` when the first request in it that spends something has its connection and is about to be sent;
/// what spends nothing passes by without.
///
/// - The hook runs once at the most, and not at all where no such request gets so far: then nothing was spent.
/// - Once begun it is not given up before `errand` is: it has to end by itself, in less time than a request may take.
/// - Where it fails nothing is sent, now or later in this errand, and the errand's error is the hook's, which
///   [was not sent](Error::was_not_sent).
///
/// The transport of this crate asks, in the task that sends. Whoever sends in another task, or over another HTTP client, passes
/// by without: nothing can be concluded then from the hook's not having run.
pub(crate) async fn with_hook<T>(hook: impl Future<Output = Result<()>>, errand: impl Future<Output = T>) -> T {
    let (said, verdict) = watch::channel(None);
    let gate = Gate { arrived: Arc::default(), verdict };
    let arrived = Arc::clone(&gate.arrived);
    let mut errand = pin!(GATE.scope(gate, errand));
    tokio::select! {
        biased;
        outcome = &mut errand => return outcome,
        () = arrived.notified() => {}
    }
    let outcome = hook.await.map_err(Error::not_sent);
    said.send_replace(Some(outcome));
    errand.await
}

/// To be awaited with the connection at hand, and nothing sent yet.
///
/// # Errors
///
/// That of the hook, if one was set and has failed: nothing may be sent.
pub(crate) async fn about_to_send() -> Result<()> {
    let departure = DEPARTURE.try_with(Departure::clone).ok();
    let spends = departure.as_ref().is_none_or(|departure| departure.spends);
    if spends && let Ok(mut gate) = GATE.try_with(Gate::clone) {
        gate.arrived.notify_one();
        let verdict = gate.verdict.wait_for(Option::is_some).await;
        // Without its other end nobody waits for this request either.
        let Ok(Some(verdict)) = verdict.as_deref() else {
            return Err(Error::temporary("the request was given up before it was sent").not_sent());
        };
        verdict.clone()?;
    }
    if let Some(departure) = departure {
        departure.departed.store(true, Ordering::Relaxed);
    }
    Ok(())
}

/// Why nothing may be sent any more: the hook has failed.
pub(crate) fn forbidden() -> Option<Error> {
    let failure = |gate: &Gate| gate.verdict.borrow().as_ref().and_then(|verdict| verdict.as_ref().err().cloned());
    GATE.try_with(failure).ok().flatten()
}

/// Runs what sends one request, and says whether it came as far as [`about_to_send`], and was let through. One that spends
/// nothing passes the hook by.
pub(crate) async fn watch_departure<T>(spends: bool, sending: impl Future<Output = T>) -> (T, bool) {
    let departed = Arc::<AtomicBool>::default();
    let departure = Departure { spends, departed: Arc::clone(&departed) };
    let outcome = DEPARTURE.scope(departure, sending).await;
    (outcome, departed.load(Ordering::Relaxed))
}

#[cfg(test)]
mod tests;
