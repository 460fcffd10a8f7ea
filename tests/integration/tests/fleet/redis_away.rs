//! Redis goes away.
