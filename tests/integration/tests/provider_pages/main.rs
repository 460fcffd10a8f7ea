//! The examples of the providers' pages compile, as they are printed.

#![allow(unused, clippy::all, clippy::pedantic, reason = "it is there to be compiled")]

#[rustfmt::skip]
mod examples;
