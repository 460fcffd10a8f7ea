use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use shuttle::future::{JoinHandle, block_on, spawn};

use super::super::super::sync::{Handle, checked};
use super::super::super::{AuthorizationHeaders, Credentials};
use super::simulation::Simulation;
use crate::error::{Error, Result};
use crate::token::OAuthToken;

/// A simulation with one entry, and who acts on it.
#[derive(Clone)]
pub(super) struct Stage {
    pub(super) simulation: Simulation,
    pub(super) credentials: Credentials,
}

/// The text of a token that did not come from a request.
pub(super) const PUT: &str = "put";

impl Stage {
    pub(super) fn new() -> Self {
        let simulation = Simulation::default();
        let credentials = simulation.credentials("one");
        Self { simulation, credentials }
    }

    /// One with its first token.
    pub(super) fn cached() -> (Self, AuthorizationHeaders) {
        let stage = Self::new();
        let headers = block_on(stage.credentials.headers()).unwrap();
        block_on(Handle::idle());
        (stage, headers)
    }

    /// The acts at once, each by an actor of its own; then what they set off.
    pub(super) fn play<const N: usize>(&self, acts: [Act; N]) {
        let actors = acts.map(|act| self.clone().start(act));
        block_on(async {
            for actor in actors {
                actor.await.unwrap();
            }
            Handle::idle().await;
        });
    }

    fn start(self, act: Act) -> JoinHandle<()> {
        spawn(async move {
            match act {
                Act::Read => drop(self.read().await),
                Act::ReadWithoutWaiting => {
                    let token = once(self.credentials.token());
                    assert!(matches!(token, Some(Ok(_))), "a reader of a good token waited: {token:?}");
                }
                Act::GiveUp => drop(once(self.credentials.token())),
                Act::Refuse(headers) => self.refuse(&headers).await,
                Act::Clear => {
                    let stamp = self.simulation.begin_cut();
                    self.credentials.clear().await.unwrap();
                    self.simulation.cut(stamp);
                }
                Act::Put => {
                    let stamp = self.simulation.begin_cut();
                    self.credentials.put(OAuthToken::new(PUT).unwrap()).await.unwrap();
                    self.simulation.cut(stamp);
                }
                Act::LoseTheRuntime => Handle::shut_down().await,
                Act::TimeIsUp => checked::ring(),
                Act::Recover => self.simulation.fail(false),
            }
        })
    }

    /// The token, checked against those that were read before.
    pub(super) async fn read(&self) -> Result<OAuthToken> {
        let oldest_allowed = self.simulation.oldest_allowed();
        let token = self.credentials.token().await;
        if let Some(number) = token.as_ref().ok().and_then(number) {
            assert!(number >= oldest_allowed, "token {number}, where {oldest_allowed} was there before");
            self.simulation.read(number);
        }
        token
    }

    async fn refuse(&self, headers: &AuthorizationHeaders) {
        match self.credentials.refresh_rejected_token(headers).await {
            Ok(Some(other)) => assert_ne!(other.authorization(), headers.authorization(), "the rejected token again"),
            Ok(None) => {}
            Err(error) => assert!(self.simulation.is_failing() || is_lost(&error), "{error:?}"),
        }
    }

    pub(super) fn text(&self) -> String {
        block_on(self.read()).unwrap().access_token().secret().to_owned()
    }
}

/// What an actor does.
#[derive(Clone)]
pub(super) enum Act {
    Read,
    /// Reads a token that must be there.
    ReadWithoutWaiting,
    /// Begins to read and goes away.
    GiveUp,
    /// Says that an API refused these headers.
    Refuse(AuthorizationHeaders),
    Clear,
    Put,
    /// All flights end without an outcome.
    LoseTheRuntime,
    /// The time-outs of all waiting callers and of all requests are over.
    TimeIsUp,
    /// The server works again.
    Recover,
}

fn number(token: &OAuthToken) -> Option<usize> {
    token.access_token().secret().parse().ok()
}

/// A caller may be told that runtimes kept going away.
fn is_lost(error: &Error) -> bool {
    error.is_retryable() && error.to_string().contains("lost with the runtime")
}

fn once<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}
