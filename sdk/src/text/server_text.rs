use std::fmt;

use serde_json::Value;

use super::line::{shortened, visible};
use super::redaction::Secrets;

/// Enough to recognise an error page by, little enough for a log line.
const MAX_TEXT: usize = 200;
/// Of an identifier, at each end; subjects often begin alike (`auth0|…`).
const MAX_END: usize = 6;
/// Longer addresses do not work everywhere (RFC 9110 §4.1 asks for 8000 octets to be supported, many servers stop earlier).
const MAX_URL: usize = 2048;
/// What is read and not only shown; header lines are bounded before.
const MAX_VALUE: usize = 16 * 1024;
/// An encoding makes at most this many bytes of one: `\\u0041`, or percent-encoding twice over.
const MAX_EXPANSION: usize = 12;
/// In place of a text in which to look for secrets would take too long.
const NOT_SHOWN: &str = "[not shown]";
/// Beyond this nothing is looked at, however long a secret may be.
const MAX_WINDOW: usize = 32 * 1024;

/// Text that a server, or anyone else outside, sent: on one line, short, and with nothing in it that could break, hide or
/// turn around what stands beside it. Whatever is quoted in an error, a log or a span goes through it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct ServerText(Box<str>);

impl ServerText {
    /// The text's start, where the server knows no secret that it could quote.
    pub(crate) fn new(text: &str) -> Self {
        Self(shortened(text, MAX_TEXT).into())
    }

    /// A claim or member that is not what it has to be, as JSON.
    #[allow(dead_code, reason = "what is signed is verified with the feature `oidc`")]
    pub(crate) fn member(value: Option<&Value>) -> Self {
        Self::new(&value.map_or_else(|| "missing".to_owned(), Value::to_string))
    }

    /// What identifies a person, never all of it: its two ends tell one from another.
    pub(crate) fn identifier(text: &str) -> Self {
        let length = text.chars().count();
        let shown = (length / 4).clamp(1, MAX_END);
        let (start, end) = (text.chars().take(shown), text.chars().skip(length.saturating_sub(shown)));
        Self::new(&start.chain(['…']).chain(end).collect::<String>())
    }

    /// The text's start, with every given secret struck out in whatever encoding it is quoted.
    pub(crate) fn without<'a>(text: &str, secrets: impl IntoIterator<Item = &'a str>) -> Self {
        Self::redacted(text, &Secrets::new(secrets), MAX_TEXT)
    }

    /// A value that a program reads and may show: whole, without the secrets.
    pub(crate) fn value(text: &str, secrets: &Secrets) -> Self {
        Self::redacted(text, secrets, MAX_VALUE)
    }

    /// The address of a page for people: as it was sent where it is `http` or `https` and not too long to be opened, else `None`.
    pub(crate) fn url<'a>(text: &str, secrets: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let address = url::Url::parse(text).ok()?;
        let is_page = matches!(address.scheme(), "http" | "https");
        (is_page && text.len() <= MAX_URL).then(|| Self::redacted(text, &Secrets::new(secrets), MAX_URL))
    }

    fn redacted(text: &str, secrets: &Secrets, max: usize) -> Self {
        if secrets.is_empty() {
            return Self(shortened(text, max).into());
        }
        // What begins within the excerpt is to be seen whole.
        let window = ((max + secrets.longest()) * MAX_EXPANSION).min(MAX_WINDOW);
        let window = text.get(..text.floor_char_boundary(window)).unwrap_or(text);
        let Some(found) = secrets.find(window) else { return Self(NOT_SHOWN.into()) };
        let mut found = found.into_iter();
        let (mut line, mut length, mut at) = (String::new(), 0, 0);
        let mut next = found.next();
        while let Some(character) = window.get(at..).and_then(|rest| rest.chars().next()) {
            if length >= max {
                break;
            }
            match &next {
                Some(range) if range.start <= at => {
                    line.push_str("[redacted]");
                    at = range.end.max(at + character.len_utf8());
                    next = found.next();
                }
                _ => {
                    line.push(visible(character));
                    at += character.len_utf8();
                }
            }
            length += 1;
        }
        if at < text.len() {
            line.push('…');
        }
        Self(line.into())
    }

    /// As much of a value as is shown.
    pub(crate) fn shortened(&self) -> Self {
        Self::new(&self.0)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ServerText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// In quotes.
impl fmt::Debug for ServerText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

#[cfg(test)]
mod tests;
