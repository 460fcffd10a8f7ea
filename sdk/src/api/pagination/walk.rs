use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use super::next_page::{NextPage, set_parameter};
use super::rules::Next;
use super::{Page, Pagination};
use crate::api::{ApiRequest, ApiResponse, failure};
use crate::error::{Error, Result};
use crate::lenient;

/// The way through the pages.
pub(super) struct Walk {
    /// The request for the first page; the others differ in the URL alone.
    first: ApiRequest,
    pagination: Pagination,
    next: Option<Result<Url>>,
    pages: usize,
    /// Of a counted list, the number of the page that has come.
    number: u64,
    visited: Visited,
    /// Of a counted list, what the last page was like.
    last_body: Option<u64>,
}

/// A page as it came.
pub(super) struct Received {
    response: ApiResponse,
    body: Bytes,
}

impl Walk {
    pub(super) fn new(first: ApiRequest, pagination: Pagination) -> Self {
        let mut walk =
            Self { first, pagination, next: None, pages: 0, number: 0, visited: Visited::default(), last_body: None };
        walk.next = Some(walk.start());
        walk
    }

    /// The URL of the first page.
    fn start(&mut self) -> Result<Url> {
        self.pagination.check()?;
        let mut url = self.first.url()?.clone();
        if let Next::Number { parameter, first, .. } = &self.pagination.next {
            let given = url.query_pairs().find(|(name, _)| name == parameter).map(|(_, value)| value.parse());
            self.number = match given {
                None => *first,
                Some(Ok(number)) => number,
                Some(Err(_)) => {
                    return Err(Error::configuration(format!(
                        "`{parameter}` in the query is to count the pages, and is not a number"
                    )));
                }
            };
            set_parameter(&mut url, parameter, &self.number.to_string());
        }
        self.visited.insert(url.as_str());
        Ok(url)
    }

    pub(super) fn is_over(&self) -> bool {
        self.next.is_none()
    }

    pub(super) async fn fetch(&mut self) -> Result<Received> {
        let url = self.next.take().unwrap_or_else(|| Err(Error::invalid_response("there is no further page")))?;
        if self.pages >= self.pagination.max_pages {
            return Err(Error::invalid_response(format!(
                "there are more than {} pages: raise `max_pages`, or ask for less",
                self.pages
            )));
        }
        self.pages += 1;
        let request = self.first.try_clone().ok_or_else(|| {
            Error::configuration("the request for a page is sent once a page, and its body is a stream: give its bytes")
        })?;
        let mut response = request.with_url(url).send().await?.error_for_status().await?;
        let body = response.read().await?;
        Ok(Received { response, body })
    }

    pub(super) fn read<T: DeserializeOwned>(&mut self, received: &Received) -> Result<Page<T>> {
        let Received { response, body } = received;
        let (items, value) = if self.pagination.reads_body() {
            let mut value: Value =
                lenient::read_as_given(body).map_err(|error| response.not_json::<Value>(body, &error))?;
            (self.items(response, &mut value)?, Some(value))
        } else {
            (lenient::read_as_given(body).map_err(|error| whole::<T>(response, body, &error))?, None)
        };
        self.note_repeated_page(body, !items.is_empty())?;
        let next = self.pagination.next.after(response.headers(), value.as_ref(), !items.is_empty(), self.number)?;
        self.next = next.map(|next| self.locate(next, response.url())).transpose()?.map(Ok);
        Ok(Page { items, headers: response.headers().clone() })
    }

    fn items<T: DeserializeOwned>(&self, response: &ApiResponse, body: &mut Value) -> Result<Vec<T>> {
        let pointer = self.pagination.items.as_deref().unwrap_or_default();
        // The rest of the body is still to be looked at, and is small.
        let list = match body.pointer_mut(pointer) {
            Some(Value::Null) => return Ok(Vec::new()),
            None if self.pagination.items_may_be_missing => return Ok(Vec::new()),
            Some(list @ Value::Array(_)) => list.take(),
            Some(_) | None => return Err(no_list(response, pointer)),
        };
        let Value::Array(list) = list else { return Ok(Vec::new()) };
        let item = |(index, value): (usize, Value)| {
            T::deserialize(value).map_err(|error| {
                failure::not_an_item::<T>(&response.request_line(), &format!("{pointer}/{index}"), &error)
                    .with_status(response.status())
            })
        };
        list.into_iter().enumerate().map(item).collect()
    }

    /// The URL of the next page: below the base, and another one than before.
    fn locate(&mut self, next: NextPage, page: &Url) -> Result<Url> {
        let url = match next {
            NextPage::Url(text) => {
                let mut url = page.join(&text).map_err(|error| {
                    Error::invalid_response("what is to lead to the next page is not a valid URL").with_source(error)
                })?;
                url.set_fragment(None);
                self.first.check_below_base(&url)?;
                url
            }
            NextPage::Parameter(name, value) => {
                if let Next::Number { .. } = self.pagination.next {
                    self.number = value.parse().unwrap_or(u64::MAX);
                }
                let mut url = self.first.url()?.clone();
                set_parameter(&mut url, &name, &value);
                url
            }
        };
        if !self.visited.insert(url.as_str()) {
            return Err(Error::invalid_response(
                "the next page is one that has been read before: the API leads in a circle, and would without end",
            ));
        }
        Ok(url)
    }

    /// An API that does not know the counting parameter answers with its first page for ever.
    fn note_repeated_page(&mut self, body: &[u8], has_items: bool) -> Result<()> {
        let Next::Number { parameter, .. } = &self.pagination.next else { return Ok(()) };
        let hash = self.visited.hash(body);
        if self.last_body.replace(hash) == Some(hash) && has_items {
            return Err(Error::invalid_response(format!(
                "two pages are the same to the byte: does the API call it `{parameter}` where it counts?"
            )));
        }
        Ok(())
    }
}

/// The URLs so far, each by its hash: the key is random, and ten thousand of 2⁶⁴ do not meet.
#[derive(Default)]
struct Visited {
    hasher: RandomState,
    urls: HashSet<u64>,
}

impl Visited {
    fn insert(&mut self, url: &str) -> bool {
        let hash = self.hash(url.as_bytes());
        self.urls.insert(hash)
    }

    fn hash(&self, bytes: &[u8]) -> u64 {
        self.hasher.hash_one(bytes)
    }
}

/// A body that is to be the list itself.
fn whole<T>(response: &ApiResponse, body: &[u8], error: &serde_json::Error) -> Error {
    let is_object = lenient::without_bom(body).trim_ascii_start().starts_with(b"{");
    if is_object { no_list(response, "") } else { response.not_json::<Vec<T>>(body, error) }
}

fn no_list(response: &ApiResponse, pointer: &str) -> Error {
    let place = if pointer.is_empty() {
        "the body is not a list: name the place of the items, as in `.items_at(\"/items\")`".to_owned()
    } else {
        format!("there is no list of items at `{pointer}`: check `.items_at(..)`, or `.allow_missing_items()`")
    };
    Error::invalid_response(format!("{} answered with a page that cannot be read: {place}", response.request_line()))
        .with_status(response.status())
}
