//! The progress of a refresh, reported from below to the storage of the refresh token: when its bytes are about to leave, and what
//! the answer brought, before anything else about it is judged.
//!
//! It is ambient, so that no client between the two can forget to pass it on. Outside of a watched refresh both calls return at
//! once.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;

use tokio::sync::{mpsc, oneshot};

use crate::error::{Error, Result};
use crate::sending;
use crate::token::RefreshToken;

tokio::task_local!(static REPORTS: mpsc::UnboundedSender<Report>);

/// What is told; the refresh goes on when it is replied to.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) event: Event,
    pub(crate) reply: Reply,
}

#[derive(Debug)]
pub(crate) enum Event {
    /// The next thing is that the request's bytes leave, unless the reply is an error.
    AboutToSend,
    /// The answer brought this refresh token, or none, so that the one that was sent stays; what else it is worth is judged afterwards.
    Answered(Option<RefreshToken>),
}

#[derive(Debug)]
pub(crate) struct Reply(oneshot::Sender<Result<()>>);

impl Reply {
    pub(crate) fn send(self, reply: Result<()>) {
        // A refresh that has ended meanwhile needs none.
        let _ = self.0.send(reply);
    }
}

/// What comes next of a watched refresh.
pub(crate) enum Progress<T> {
    Report(Report),
    Ended(T),
}

/// Watches the refresh: to be pinned, and asked by [`next`] until it has ended.
pub(crate) fn watch<F: Future>(refresh: F) -> (impl Future<Output = F::Output>, mpsc::UnboundedReceiver<Report>) {
    let (sender, reports) = mpsc::unbounded_channel();
    // The transport asks with a connection at hand, and waits for the hook.
    (REPORTS.scope(sender, sending::with_hook(about_to_send(), refresh)), reports)
}

/// The next report, or the end.
pub(crate) async fn next<F: Future>(
    mut refresh: Pin<&mut F>,
    reports: &mut mpsc::UnboundedReceiver<Report>,
) -> Progress<F::Output> {
    poll_fn(|context| {
        // First what was told: a refresh waits for the reply.
        if let Poll::Ready(Some(report)) = reports.poll_recv(context) {
            return Poll::Ready(Progress::Report(report));
        }
        if let Poll::Ready(output) = refresh.as_mut().poll(context) {
            return Poll::Ready(Progress::Ended(output));
        }
        match reports.poll_recv(context) {
            Poll::Ready(Some(report)) => Poll::Ready(Progress::Report(report)),
            _ => Poll::Pending,
        }
    })
    .await
}

/// The request's bytes are about to leave, over a connection that is there.
///
/// # Errors
///
/// Nothing may be sent.
pub(crate) async fn about_to_send() -> Result<()> {
    report(Event::AboutToSend).await
}

/// An answer has brought this refresh token, or leaves the one that was sent. Returns when that is kept.
///
/// # Errors
///
/// It could not be kept.
pub(crate) async fn answered(successor: Option<RefreshToken>) -> Result<()> {
    report(Event::Answered(successor)).await
}

/// What is known of a refresh token that its caller keeps, whatever came of the refresh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    NotSent,
    /// Its bytes may have left.
    Sent,
    /// It stays as it is.
    Stays,
    ReplacedBy(RefreshToken),
}

/// Runs a refresh whose refresh token is kept by its caller: what came of it, and what is known of the refresh token.
pub(crate) async fn observed<T>(refresh: impl Future<Output = T>) -> (T, Told) {
    let (refresh, mut reports) = watch(refresh);
    let (mut refresh, mut told) = (pin!(refresh), Told::NotSent);
    loop {
        match next(refresh.as_mut(), &mut reports).await {
            Progress::Ended(outcome) => return (outcome, told),
            Progress::Report(Report { event, reply }) => {
                told = match event {
                    Event::AboutToSend => Told::Sent,
                    Event::Answered(None) => Told::Stays,
                    Event::Answered(Some(successor)) => Told::ReplacedBy(successor),
                };
                reply.send(Ok(()));
            }
        }
    }
}

async fn report(event: Event) -> Result<()> {
    let Ok(reports) = REPORTS.try_with(Clone::clone) else { return Ok(()) };
    let (reply, replied) = oneshot::channel();
    let gone = || Error::temporary("the refresh was given up: its caller does not wait any more");
    reports.send(Report { event, reply: Reply(reply) }).map_err(|_| gone())?;
    replied.await.unwrap_or_else(|_| Err(gone()))
}

#[cfg(test)]
mod tests;
