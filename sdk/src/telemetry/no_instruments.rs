//! `instruments` without the feature `metrics`: the same calls, and nothing in them.

#![allow(clippy::unused_self, reason = "the calls are those of the real ones")]

use std::marker::PhantomData;
use std::time::Duration;

use reqwest::Request;

use super::Endpoint;
use crate::error::Error;

pub(super) struct Exchange;

impl Exchange {
    #[inline]
    pub(super) fn new(_: Endpoint, _: &Request) -> Self {
        Self
    }

    #[cfg(feature = "tracing")]
    #[inline]
    pub(super) fn ended(self, _: &Result<http::StatusCode, &Error>) {}
}

pub(super) struct Wait<'a>(PhantomData<&'a ()>);

impl<'a> Wait<'a> {
    #[inline]
    pub(super) fn new(_: &'a str, _: bool) -> Self {
        Self(PhantomData)
    }
}

/// How old a token is when it is used.
#[derive(Clone)]
pub(crate) struct Age;

impl Age {
    #[inline]
    pub(crate) fn new(_: &str, _: Duration) -> Self {
        Self
    }

    #[inline]
    pub(crate) fn used(&self, _: Duration) {}
}

#[inline]
pub(super) fn acquired(_: &str) {}

#[inline]
pub(super) fn refreshed(_: &str) {}

#[inline]
pub(super) fn store_hit(_: &str) {}

#[inline]
pub(super) fn failed(_: &str, _: &Error) {}

#[inline]
pub(super) fn backoff_rejected(_: &str) {}

#[inline]
pub(super) fn rejected(_: &str) {}

#[inline]
pub(super) fn circuit_opened(_: &str) {}
