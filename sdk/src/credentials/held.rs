use std::ops::Deref;
use std::sync::Arc;

use super::slot::Slot;

/// A slot in the hands of somebody who uses it: the cache holds it too, and flights do, but they use nothing.
pub(super) struct Held(Arc<Slot>);

impl Held {
    pub(super) fn new(slot: Arc<Slot>) -> Self {
        slot.holders().one_more();
        Self(slot)
    }
}

impl Clone for Held {
    fn clone(&self) -> Self {
        Self::new(Arc::clone(&self.0))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.holders().one_less();
    }
}

impl Deref for Held {
    type Target = Arc<Slot>;

    #[inline]
    fn deref(&self) -> &Arc<Slot> {
        &self.0
    }
}
