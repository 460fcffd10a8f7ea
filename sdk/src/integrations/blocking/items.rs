use serde::de::DeserializeOwned;

use super::wait;
use crate::api::{self, Page};
use crate::error::Result;

/// The items of all pages, one after the other; made by [`ApiRequest::paginate`](super::ApiRequest::paginate). An iterator of `Result<T>`, which
/// is over after an error.
#[must_use = "nothing is sent before an item is asked for"]
#[derive(Debug)]
pub struct Items<T>(Option<Result<api::Items<T>>>);

impl<T: DeserializeOwned> Items<T> {
    pub(super) fn new(items: Result<api::Items<T>>) -> Self {
        Self(Some(items))
    }

    /// The pages in place of their items, for those who want the headers of each.
    pub fn pages(self) -> Pages<T> {
        Pages(self.0.map(|items| items.map(api::Items::pages)))
    }
}

impl<T: DeserializeOwned> Iterator for Items<T> {
    type Item = Result<T>;

    /// # Errors
    ///
    /// As [`Items::next`](api::Items::next).
    fn next(&mut self) -> Option<Self::Item> {
        next(&mut self.0, async |items| items.next().await)
    }
}

/// The pages of a list; made by [`Items::pages`]. An iterator of `Result<Page<T>>`, which is over after an error.
#[must_use = "nothing is sent before a page is asked for"]
#[derive(Debug)]
pub struct Pages<T>(Option<Result<api::Pages<T>>>);

impl<T: DeserializeOwned> Iterator for Pages<T> {
    type Item = Result<Page<T>>;

    /// # Errors
    ///
    /// As [`Pages::next`](api::Pages::next).
    fn next(&mut self) -> Option<Self::Item> {
        next(&mut self.0, async |pages| pages.next().await)
    }
}

/// What comes next of a list, which is over after an error.
fn next<L, T>(list: &mut Option<Result<L>>, of: impl AsyncFnOnce(&mut L) -> Option<Result<T>>) -> Option<Result<T>> {
    let mut current = match list.take()? {
        Ok(current) => current,
        Err(error) => return Some(Err(error)),
    };
    let next = wait(async { of(&mut current).await.transpose() }).transpose();
    if matches!(next, Some(Ok(_))) {
        *list = Some(Ok(current));
    }
    next
}
