//! What the threads of an entry meet at: the usual locks and cells, each of them a point at which one thread can overtake
//! another. In the unit tests of this crate a model checker decides who does (`entry/interleavings.rs`).

#[cfg(test)]
pub(super) mod checked;

#[cfg(test)]
pub(super) use checked::{ArcSwapOption, AtomicU64, Handle, Mutex, MutexGuard, pause, watch, within};

#[cfg(not(test))]
pub(super) use {
    arc_swap::ArcSwapOption,
    std::sync::atomic::AtomicU64,
    std::sync::{Mutex, MutexGuard},
    tokio::runtime::Handle,
    tokio::sync::watch,
    tokio::time::sleep as pause,
};

#[cfg(not(test))]
pub(super) use crate::runtime::within;
