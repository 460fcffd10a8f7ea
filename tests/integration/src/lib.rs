//! The tests are in `tests/`, a program an area; this crate has nothing else.
