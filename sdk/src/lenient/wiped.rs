use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::wipe;

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
