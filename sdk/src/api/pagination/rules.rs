use std::borrow::Cow;

use crate::error::{Error, Result};

/// No list that a program reads to its end has more; an API that never stops has.
const MAX_PAGES: usize = 10_000;

/// How an API says where the next page is; given to [`ApiRequest::paginate`](super::super::ApiRequest::paginate).
///
/// | the API … | write |
/// |---|---|
/// | sends `Link: <…>; rel="next"` (RFC 8288): GitHub, GitLab, Okta | [`Pagination::link()`](Self::link) |
/// | has the next URL in the body: Microsoft Graph, Salesforce | [`Pagination::next_url("/@odata.nextLink")`](Self::next_url) |
/// | has a cursor in the body: Google, Slack | [`Pagination::cursor("/nextPageToken", "pageToken")`](Self::cursor) |
/// | counts pages | [`Pagination::page_number("page")`](Self::page_number) |
/// | counts items | [`Pagination::offset("offset", 100)`](Self::offset) |
///
/// A place in the body is a JSON pointer (RFC 6901): `/response_metadata/next_cursor`; `/` within a name is written `~1`.
///
/// ```
/// use grantkit::api::Pagination;
///
/// let google = Pagination::cursor("/nextPageToken", "pageToken").items_at("/files");
/// let github = Pagination::link().max_pages(50);
/// # let _ = (google, github);
/// ```
#[derive(Clone, Debug)]
#[must_use = "give it to `.paginate(..)`"]
pub struct Pagination {
    pub(super) next: Next,
    /// The whole body unless set.
    pub(super) items: Option<Cow<'static, str>>,
    pub(super) items_may_be_missing: bool,
    pub(super) max_pages: usize,
}

/// Where the next page is.
#[derive(Clone, Debug)]
pub(super) enum Next {
    Link,
    Url { pointer: Cow<'static, str> },
    Cursor { pointer: Cow<'static, str>, parameter: Cow<'static, str> },
    Number { parameter: Cow<'static, str>, first: u64, step: u64 },
}

impl Pagination {
    /// The next page is where the header `Link` says, with `rel="next"` (RFC 8288 §3); there is no more without one.
    pub fn link() -> Self {
        Self::new(Next::Link)
    }

    /// The next page's URL is in the body, at this JSON pointer; there is no more where it is missing, `null`, `false` or empty.
    ///
    /// It may be relative to the URL of the page that names it.
    pub fn next_url(pointer: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Next::Url { pointer: pointer.into() })
    }

    /// A cursor is in the body, at this JSON pointer, and is sent as this parameter of the query; there is no more where it is missing,
    /// `null`, `false` or empty.
    ///
    /// Some other names: page token, continuation token, marker.
    pub fn cursor(pointer: impl Into<Cow<'static, str>>, parameter: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Next::Cursor { pointer: pointer.into(), parameter: parameter.into() })
    }

    /// Pages are counted in this parameter of the query, from 1, or from the number that the request's query has; there is no
    /// more after a page without items.
    pub fn page_number(parameter: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Next::Number { parameter: parameter.into(), first: 1, step: 1 })
    }

    /// Items are counted in this parameter of the query, from 0, or from the number that the request's query has; each page has
    /// `page_size` of them, and there is no more after a page without items.
    ///
    /// The size itself is not sent: give it with [`query`](super::super::ApiRequest::query), under the API's name for it.
    pub fn offset(parameter: impl Into<Cow<'static, str>>, page_size: u32) -> Self {
        Self::new(Next::Number { parameter: parameter.into(), first: 0, step: page_size.into() })
    }

    /// Counts from this number, where that is not the usual one: `page_number("page").starting_at(0)`.
    ///
    /// It changes nothing where nothing is counted.
    pub fn starting_at(mut self, number: u64) -> Self {
        if let Next::Number { first, .. } = &mut self.next {
            *first = number;
        }
        self
    }

    /// The items are the list at this JSON pointer of the body; the whole body is the list unless set.
    pub fn items_at(mut self, pointer: impl Into<Cow<'static, str>>) -> Self {
        self.items = Some(pointer.into());
        self
    }

    /// A page without the member that [`items_at`](Self::items_at) names has no items, as Google's APIs have it; else that is an error.
    pub fn allow_missing_items(mut self) -> Self {
        self.items_may_be_missing = true;
        self
    }

    /// Ends with an error after so many pages; 10,000 unless set.
    pub fn max_pages(mut self, pages: usize) -> Self {
        self.max_pages = pages;
        self
    }

    fn new(next: Next) -> Self {
        Self { next, items: None, items_may_be_missing: false, max_pages: MAX_PAGES }
    }

    pub(super) fn check(&self) -> Result<()> {
        let pointer = match &self.next {
            Next::Url { pointer } | Next::Cursor { pointer, .. } => Some(pointer),
            Next::Number { step: 0, .. } => {
                return Err(Error::configuration("a page of `Pagination::offset` has at least one item, not 0"));
            }
            Next::Link | Next::Number { .. } => None,
        };
        for pointer in pointer.into_iter().chain(&self.items) {
            if !pointer.is_empty() && !pointer.starts_with('/') {
                return Err(Error::configuration(format!(
                    "a place in the body of a page is a JSON pointer, which begins with `/` (RFC 6901): write `/{pointer}`"
                )));
            }
        }
        Ok(())
    }

    /// Whether a page's body has to be looked into for more than its items.
    pub(super) fn reads_body(&self) -> bool {
        self.items.is_some() || matches!(self.next, Next::Url { .. } | Next::Cursor { .. })
    }
}
