use std::ops::Deref;
use std::sync::Arc;

use super::token_entry::TokenEntry;

/// An entry that a program uses: the cache and flights hold it too, without using it.
pub(super) struct EntryHandle(Arc<TokenEntry>);

impl EntryHandle {
    pub(super) fn new(entry: Arc<TokenEntry>) -> Self {
        entry.handles().increment();
        Self(entry)
    }
}

impl Clone for EntryHandle {
    fn clone(&self) -> Self {
        Self::new(Arc::clone(&self.0))
    }
}

impl Drop for EntryHandle {
    fn drop(&mut self) {
        self.0.handles().decrement();
    }
}

impl Deref for EntryHandle {
    type Target = Arc<TokenEntry>;

    #[inline]
    fn deref(&self) -> &Arc<TokenEntry> {
        &self.0
    }
}
