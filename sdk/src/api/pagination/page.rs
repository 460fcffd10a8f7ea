use std::fmt;

use http::HeaderMap;

use crate::api::RateLimit;

/// One page: its items, and the headers that it came with.
pub struct Page<T> {
    pub(super) items: Vec<T>,
    pub(super) headers: HeaderMap,
}

impl<T> Page<T> {
    /// The items, in the API's order.
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// The items.
    pub fn into_items(self) -> Vec<T> {
        self.items
    }

    /// The headers of the answer: a total count, for example.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// How many more requests the API takes, as [`ApiResponse::rate_limit`](crate::api::ApiResponse::rate_limit) has it.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::from_headers(&self.headers)
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<T> fmt::Debug for Page<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Neither the items nor the headers: they are the API's, and may be secret.
        f.debug_struct("Page").field("items", &self.items.len()).finish_non_exhaustive()
    }
}
