//! Locks that a panicking test does not poison for the others.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks, also after a panic: each critical section of this crate leaves its data whole.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
