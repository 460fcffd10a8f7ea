use std::collections::BTreeMap;
use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use zeroize::optimization_barrier;

use super::wipe;

/// Bytes that may hold a token: overwritten when they are dropped, many at a time, where `Zeroizing` writes one by one.
#[derive(Default)]
pub(crate) struct WipedBytes(Vec<u8>);

impl WipedBytes {
    /// No more than this is to be added: growing leaves a copy behind that is not overwritten.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    pub(crate) fn extend_from_slice(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// For the caller to overwrite.
    pub(crate) fn into_vec(mut self) -> Vec<u8> {
        std::mem::take(&mut self.0)
    }
}

impl From<Vec<u8>> for WipedBytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

/// Nothing of them is shown.
impl fmt::Debug for WipedBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WipedBytes").finish_non_exhaustive()
    }
}

impl Deref for WipedBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for WipedBytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for WipedBytes {
    fn drop(&mut self) {
        self.0.clear();
        self.0.resize(self.0.capacity(), 0);
        optimization_barrier(self.0.as_slice());
    }
}

/// Members of an answer that are unknown here, of which any may be a token: overwritten when they are dropped.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct WipedMembers(BTreeMap<String, Value>);

impl WipedMembers {
    pub(crate) const fn none() -> Self {
        Self(BTreeMap::new())
    }

    /// For serde, which needs it by name.
    pub(crate) fn are_none(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Map<String, Value>> for WipedMembers {
    fn from(members: Map<String, Value>) -> Self {
        Self(members.into_iter().collect())
    }
}

impl Deref for WipedMembers {
    type Target = BTreeMap<String, Value>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for WipedMembers {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl Drop for WipedMembers {
    fn drop(&mut self) {
        self.0.values_mut().for_each(wipe);
    }
}
