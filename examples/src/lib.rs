//! The examples are beside this file, one a use; this crate only compiles the programs of the README and of `docs/tasks.md`.

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../../docs/tasks.md")]
struct Tasks;
