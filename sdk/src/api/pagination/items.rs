use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::Pages;
use crate::error::Result;

/// The items of all pages, one after the other; made by [`ApiRequest::paginate`](super::super::ApiRequest::paginate).
///
/// A `Stream` of `Result<T>`, for the combinators of `futures`; [`next`](Self::next) and [`fetch_all`](Self::fetch_all) do without.
/// A page is requested when its first item is asked for, and nothing is requested after an error.
#[must_use = "nothing is sent before an item is asked for, by `.next().await`"]
pub struct Items<T> {
    pages: Pages<T>,
    page: std::vec::IntoIter<T>,
}

impl<T: DeserializeOwned> Items<T> {
    pub(in crate::api) fn new(pages: Pages<T>) -> Self {
        Self { pages, page: Vec::new().into_iter() }
    }

    /// The next item, or `None` after the last one.
    ///
    /// # Errors
    ///
    /// As [`ApiRequest::send`](super::super::ApiRequest::send) for the request of a page, whatever `error_for_status` says, and
    ///
    /// | error | when |
    /// |---|---|
    /// | [`is_invalid_response`](crate::Error::is_invalid_response) | a page is no JSON, or its items are no list of `T`; the same page comes twice; there are more pages than [`max_pages`](super::Pagination::max_pages) |
    /// | [`is_security`](crate::Error::is_security) | the next page is outside of the API's base URL |
    /// | [`is_configuration`](crate::Error::is_configuration) | the [`Pagination`](super::Pagination) is wrong, or the body of the request is a stream |
    pub async fn next(&mut self) -> Option<Result<T>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// All items that are left, in memory.
    ///
    /// # Errors
    ///
    /// As [`next`](Self::next); what has been read till then is lost.
    pub async fn fetch_all(mut self) -> Result<Vec<T>> {
        let mut all: Vec<T> = self.page.by_ref().collect();
        while let Some(page) = self.pages.next().await {
            all.append(&mut page?.into_items());
        }
        Ok(all)
    }

    /// The pages in place of the items, with the headers of each; items of a page that was begun are left out.
    pub fn pages(self) -> Pages<T> {
        self.pages
    }
}

impl<T: DeserializeOwned> Stream for Items<T> {
    type Item = Result<T>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match Pin::new(&mut self.pages).poll_next(context) {
                Poll::Ready(Some(Ok(page))) => self.page = page.into_iter(),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Pending => return Poll::Pending,
            }
        }
    }
}

/// No item is ever pinned.
impl<T> Unpin for Items<T> {}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).finish_non_exhaustive()
    }
}
