//! What happens to tokens, and to the servers that give them.

use std::future::Future;

use super::{instruments, spans};
use crate::error::Error;

/// One request for a token, as the task that makes it.
pub(crate) struct Acquisition(spans::Acquisition);

impl Acquisition {
    /// One that a caller waits for: a part of what that caller does.
    #[inline]
    pub(crate) fn awaited(client: &str) -> Self {
        Self(spans::Acquisition::awaited(client))
    }

    /// A refresh ahead of expiry, without a waiting caller: its span follows from the caller's, and is no child of it.
    #[inline]
    pub(crate) fn ahead(client: &str) -> Self {
        Self(spans::Acquisition::ahead(client))
    }

    /// The task, whatever it does being a part of the acquisition.
    #[inline]
    pub(crate) fn carry<T>(self, task: impl Future<Output = T>) -> impl Future<Output = T> {
        self.0.carry(task)
    }
}

/// A caller's wait for a flight, from here until it is dropped.
pub(crate) struct Wait<'a> {
    _span: spans::Wait,
    _timer: instruments::Wait<'a>,
}

impl<'a> Wait<'a> {
    /// `shared`: another caller has started the flight.
    #[inline]
    pub(crate) fn new(client: &'a str, shared: bool) -> Self {
        Self { _span: spans::Wait::new(client, shared), _timer: instruments::Wait::new(client, shared) }
    }
}

/// The client got a token.
#[inline]
pub(crate) fn obtained(client: &str) {
    spans::source("acquired");
    instruments::acquired(client);
}

/// The client got a token for a refresh token.
#[inline]
pub(crate) fn refreshed(client: &str) {
    spans::source("refreshed");
    instruments::refreshed(client);
}

/// The token is from a store, where another process has put it.
#[inline]
pub(crate) fn store_hit(client: &str) {
    spans::source("store_hit");
    instruments::store_hit(client);
}

/// A flight has ended, with so many waiting for it.
#[inline]
pub(crate) fn acquisition_ended(waiting: usize) {
    spans::waiting(waiting);
}

/// A flight brought none. `still_good`: whether the token at hand is.
#[inline]
pub(crate) fn failed(client: &str, error: &Error, still_good: impl FnOnce() -> bool) {
    spans::failed(client, error, still_good);
    instruments::failed(client, error);
}

/// A caller got the error of the last flight: it was too early for another.
#[inline]
pub(crate) fn backoff_rejected(client: &str) {
    instruments::backoff_rejected(client);
}

/// An API rejected the token.
#[inline]
pub(crate) fn rejected(client: &str) {
    spans::rejected(client);
    instruments::rejected(client);
}

/// A refresh token is left unused, as it may have been spent already.
#[inline]
pub(crate) fn refresh_token_in_doubt(client: &str) {
    spans::refresh_token_in_doubt(client);
}

/// The token of a login could not be exchanged for one that lasts; the login stands.
#[inline]
pub(crate) fn login_not_refreshed(why: &Error) {
    spans::login_not_refreshed(why);
}

/// A refresh brought an ID token that could not be verified; the refresh stands.
#[inline]
pub(crate) fn id_token_not_verified(why: &Error) {
    spans::id_token_not_verified(why);
}

/// A token from a store came with an ID token that the rules of this client rule out.
#[inline]
pub(crate) fn stored_id_token_refused(why: &Error) {
    spans::stored_id_token_refused(why);
}

/// A login, its session or a logout of a web application failed.
#[cfg(feature = "axum")]
#[inline]
pub(crate) fn web_login_failed(why: &Error) {
    spans::web_login_failed(why);
}

/// The server granted fewer scopes than it was asked for.
#[inline]
pub(crate) fn scope_withheld(withheld: &[&str]) {
    spans::scope_withheld(withheld);
}

/// A circuit breaker has opened.
#[inline]
pub(crate) fn circuit_opened(origin: &str) {
    spans::circuit_opened(origin);
    instruments::circuit_opened(origin);
}

/// A server that was left alone answers again.
#[inline]
pub(crate) fn circuit_closed(origin: &str) {
    spans::circuit_closed(origin);
}
