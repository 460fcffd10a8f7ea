mod into_parts;
mod part;
mod segments;
#[cfg(test)]
mod tests;

use std::fmt;

use bytes::{BufMut as _, Bytes, BytesMut};
use reqwest::Body;

pub use into_parts::IntoParts;
use part::Content;
pub use part::Part;
use segments::{Segment, Segments};

use crate::error::Result;
use crate::random;

/// The parts of a `multipart/form-data` body (RFC 7578), for [`ApiRequest::multipart`](super::ApiRequest::multipart): fields of text, and files.
///
/// ```
/// use grantkit::api::{Multipart, Part};
///
/// let form = Multipart::new()
///     .text("title", "Invoice 42")
///     .part("scan", Part::bytes(&b"%PDF-1.7"[..]).file_name("scan.pdf").content_type("application/pdf"));
/// # let _ = form;
/// ```
#[must_use = "give it to `ApiRequest::multipart`"]
#[derive(Default)]
pub struct Multipart {
    parts: Vec<(String, Part)>,
    /// A form of reqwest's, in place of parts.
    foreign: Option<reqwest::multipart::Form>,
}

impl Multipart {
    /// Without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a field of text.
    pub fn text(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.part(name, Part::text(value))
    }

    /// Adds a part; several may have the same name.
    pub fn part(mut self, name: impl Into<String>, part: Part) -> Self {
        self.parts.push((name.into(), part));
        self
    }

    /// The boundary, and the body: bytes that can be sent again where all parts are bytes.
    pub(super) fn into_body(self) -> Result<(String, Body)> {
        if let Some(form) = self.foreign {
            return Ok((form.boundary().to_owned(), Body::wrap_stream(form.into_stream())));
        }
        let boundary = random::random_id()?;
        let mut segments = Vec::new();
        let mut text = BytesMut::new();
        for (name, part) in self.parts {
            text.put_slice(format!("--{boundary}\r\n{}\r\n", part.headers(&name)?).as_bytes());
            match part.content {
                Content::Bytes(bytes) => text.put(bytes),
                Content::Stream { body, length } => {
                    segments.push(Segment::Bytes(text.split().freeze()));
                    segments.push(Segment::Stream { body, left: length });
                }
            }
            text.put_slice(b"\r\n");
        }
        text.put_slice(format!("--{boundary}--\r\n").as_bytes());
        let last: Bytes = text.freeze();
        let body = if segments.is_empty() { Body::from(last) } else { Segments::new(segments, last).into_body() };
        Ok((boundary, body))
    }
}

/// It is sent once, whatever its parts.
impl From<reqwest::multipart::Form> for Multipart {
    fn from(form: reqwest::multipart::Form) -> Self {
        Self { parts: Vec::new(), foreign: Some(form) }
    }
}

impl fmt::Debug for Multipart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What is sent may be secret.
        let names: Vec<_> = self.parts.iter().map(|(name, _)| name).collect();
        f.debug_struct("Multipart").field("parts", &names).finish_non_exhaustive()
    }
}
