//! The examples are beside this file, one a use; this crate only compiles the programs of the README.

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
