use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use crate::fingerprint::Fingerprint;

/// A part of a client that the program supplies (a signer, an assertion source, a hook), with its identity.
///
/// The identity is taken once, when the part comes in: one that gives another each time it is asked is still one part. A clone
/// is the same part.
pub(crate) struct Identified<T: ?Sized> {
    value: Arc<T>,
    identity: Fingerprint,
}

impl<T: ?Sized> Identified<T> {
    pub(crate) fn new(value: Arc<T>, identity: Fingerprint) -> Self {
        Self { value, identity }
    }

    pub(crate) fn identity(&self) -> Fingerprint {
        self.identity
    }
}

impl<T: ?Sized> Deref for Identified<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: ?Sized> Clone for Identified<T> {
    fn clone(&self) -> Self {
        Self { value: Arc::clone(&self.value), identity: self.identity }
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Identified<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}
