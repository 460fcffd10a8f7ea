//! Where a page says that the next one is.

use http::HeaderMap;
use serde_json::Value;
use url::Url;

use super::link_header;
use super::rules::Next;
use crate::error::{Error, Result};

/// A longer one would not fit into a request.
const MAX_LENGTH: usize = 8 * 1024;

/// What the next page is asked for by.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NextPage {
    /// Relative to the page that names it.
    Url(String),
    /// A parameter of the first page's query.
    Parameter(String, String),
}

impl Next {
    /// `None` after the last page. Of a counted list, `last` is the number of the page that has come.
    pub(super) fn after(
        &self,
        headers: &HeaderMap,
        body: Option<&Value>,
        has_items: bool,
        last: u64,
    ) -> Result<Option<NextPage>> {
        match self {
            Self::Link => {
                link_header::next(headers).map(|url| bounded(url, "the `Link`").map(NextPage::Url)).transpose()
            }
            Self::Url { pointer } => Ok(text(body, pointer)?.map(NextPage::Url)),
            Self::Cursor { pointer, parameter } => {
                Ok(text(body, pointer)?.map(|cursor| NextPage::Parameter(parameter.to_string(), cursor)))
            }
            Self::Number { parameter, step, .. } => {
                let next = has_items.then(|| last.saturating_add(*step));
                Ok(next.map(|number| NextPage::Parameter(parameter.to_string(), number.to_string())))
            }
        }
    }
}

/// The text or number at this place.
fn text(body: Option<&Value>, pointer: &str) -> Result<Option<String>> {
    let text = match body.and_then(|body| body.pointer(pointer)) {
        None | Some(Value::Null | Value::Bool(false)) => return Ok(None),
        Some(Value::String(text)) if text.is_empty() => return Ok(None),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(true) | Value::Array(_) | Value::Object(_)) => {
            return Err(Error::invalid_response(format!(
                "`{pointer}` of the page, which is to lead to the next one, is neither a text nor a number"
            )));
        }
    };
    bounded(text, &format!("`{pointer}`")).map(Some)
}

fn bounded(text: String, what: &str) -> Result<String> {
    if text.len() > MAX_LENGTH {
        return Err(Error::invalid_response(format!(
            "{what} of the page, which is to lead to the next one, is longer than {MAX_LENGTH} bytes"
        )));
    }
    Ok(text)
}

/// Sets a parameter of the query, in place of any of its name.
pub(super) fn set_parameter(url: &mut Url, name: &str, value: &str) {
    if url.query_pairs().any(|(known, _)| known == name) {
        let others: Vec<_> = url
            .query_pairs()
            .filter(|(known, _)| known != name)
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        url.query_pairs_mut().clear().extend_pairs(others);
    }
    url.query_pairs_mut().append_pair(name, value);
}
