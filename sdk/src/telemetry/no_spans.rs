//! `spans` without the feature `tracing`: the same calls, and nothing in them.

#![allow(clippy::unused_self, reason = "the calls are those of the real ones")]

use std::future::Future;

use reqwest::Request;

use super::Endpoint;
use crate::error::Error;

pub(crate) fn in_current_span<F: Future>(task: F) -> F {
    task
}

pub(super) struct Exchange;

impl Exchange {
    #[inline]
    pub(super) fn new(_: Endpoint, _: &Request, _: u32) -> Self {
        Self
    }

    #[cfg(feature = "metrics")]
    #[inline]
    pub(super) fn carry<F: Future>(&self, exchange: F) -> F {
        exchange
    }

    #[cfg(feature = "metrics")]
    #[inline]
    pub(super) fn ended(&self, _: &Result<http::StatusCode, &Error>) {}
}

pub(super) struct Acquisition;

impl Acquisition {
    #[inline]
    pub(super) fn awaited(_: &str) -> Self {
        Self
    }

    #[inline]
    pub(super) fn ahead(_: &str) -> Self {
        Self
    }

    #[inline]
    pub(super) fn carry<F: Future>(self, task: F) -> F {
        task
    }
}

pub(super) struct Wait;

impl Wait {
    #[inline]
    pub(super) fn new(_: &str, _: bool) -> Self {
        Self
    }
}

#[inline]
pub(super) fn source(_: &'static str) {}

#[inline]
pub(super) fn waiting(_: usize) {}

#[inline]
pub(super) fn failed(_: &str, _: &Error, _: impl FnOnce() -> bool) {}

#[inline]
pub(super) fn rejected(_: &str) {}

#[inline]
pub(super) fn refresh_token_in_doubt(_: &str) {}

#[inline]
pub(super) fn id_token_not_verified(_: &Error) {}

#[inline]
pub(super) fn stored_id_token_refused(_: &Error) {}

#[inline]
pub(super) fn login_not_refreshed(_: &Error) {}

#[cfg(feature = "axum")]
#[inline]
pub(super) fn web_login_failed(_: &Error) {}

#[inline]
pub(super) fn scope_withheld(_: &[&str]) {}

#[inline]
pub(super) fn circuit_opened(_: &str) {}

#[inline]
pub(super) fn circuit_closed(_: &str) {}
