//! The examples are beside this file, one a use; this crate only compiles the programs of the README and of the guide.

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../../sdk/src/guide.md")]
struct Guide;

#[cfg(doctest)]
#[doc = include_str!("../../sdk/README.md")]
struct SdkReadme;
