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
    static HOOK: Hook;
    static OUTGOING: OutgoingRequest;
}

/// Stands between a connection and the request that is to be sent over it.
#[derive(Clone)]
struct Hook {
    /// A request has come, and wants to pass.
    arrived: Arc<Notify>,
    /// What the hook said, once it has.
    verdict: watch::Receiver<Option<Result<()>>>,
}

/// One request on its way out.
#[derive(Clone)]
struct OutgoingRequest {
    /// Whether the hook is to be asked.
    spends: bool,
    /// Whether the bytes may have left.
    may_have_left: Arc<AtomicBool>,
}

/// Runs `operation`, and `hook` when the first request in it that spends something has its connection and is about to be sent;
/// what spends nothing passes by without.
///
/// - The hook runs once at the most, and not at all where no such request gets so far: then nothing was spent.
/// - Once begun it is not given up before `operation` is: it has to end by itself, in less time than a request may take.
/// - Where it fails nothing is sent, now or later in this operation, and the operation's error is the hook's, which
///   [was not sent](Error::was_not_sent).
///
/// The transport of this crate asks, in the task that sends. A client that sends in another task, or over another HTTP client, does
/// not ask: nothing can be concluded then from the hook's not having run.
pub(crate) async fn with_hook<T>(hook: impl Future<Output = Result<()>>, operation: impl Future<Output = T>) -> T {
    let (said, verdict) = watch::channel(None);
    let hook_handle = Hook { arrived: Arc::default(), verdict };
    let arrived = Arc::clone(&hook_handle.arrived);
    let mut operation = pin!(HOOK.scope(hook_handle, operation));
    tokio::select! {
        biased;
        outcome = &mut operation => return outcome,
        () = arrived.notified() => {}
    }
    let outcome = hook.await.map_err(Error::not_sent);
    said.send_replace(Some(outcome));
    operation.await
}

/// To be awaited with the connection at hand, and nothing sent yet.
///
/// # Errors
///
/// That of the hook, if one was set and has failed: nothing may be sent.
pub(crate) async fn about_to_send() -> Result<()> {
    let outgoing = OUTGOING.try_with(OutgoingRequest::clone).ok();
    let spends = outgoing.as_ref().is_none_or(|outgoing| outgoing.spends);
    if spends && let Ok(mut hook_handle) = HOOK.try_with(Hook::clone) {
        hook_handle.arrived.notify_one();
        let verdict = hook_handle.verdict.wait_for(Option::is_some).await;
        // Without its other end no caller waits for this request either.
        let Ok(Some(verdict)) = verdict.as_deref() else {
            return Err(Error::temporary("the request was given up before it was sent").not_sent());
        };
        verdict.clone()?;
    }
    if let Some(outgoing) = outgoing {
        outgoing.may_have_left.store(true, Ordering::Relaxed);
    }
    Ok(())
}

/// Why nothing may be sent any more: the hook has failed.
pub(crate) fn forbidden() -> Option<Error> {
    let failure =
        |hook_handle: &Hook| hook_handle.verdict.borrow().as_ref().and_then(|verdict| verdict.as_ref().err().cloned());
    HOOK.try_with(failure).ok().flatten()
}

/// Runs what sends one request, and says whether it came as far as [`about_to_send`], and was let through. One that spends
/// nothing passes the hook by.
pub(crate) async fn watch_send<T>(spends: bool, sending: impl Future<Output = T>) -> (T, bool) {
    let may_have_left = Arc::<AtomicBool>::default();
    let outgoing = OutgoingRequest { spends, may_have_left: Arc::clone(&may_have_left) };
    let outcome = OUTGOING.scope(outgoing, sending).await;
    (outcome, may_have_left.load(Ordering::Relaxed))
}

#[cfg(test)]
mod tests;
