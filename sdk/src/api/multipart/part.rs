use std::borrow::Cow;
use std::fmt;
use std::path::Path;

use bytes::Bytes;
use http::HeaderValue;
use reqwest::Body;
use tokio::fs::File;

use crate::error::{Error, Result};

/// A part of a [`Multipart`](super::Multipart) body: its content, and what the server is told of it.
pub struct Part {
    pub(super) content: Content,
    file_name: Option<String>,
    content_type: Option<Cow<'static, str>>,
}

pub(super) enum Content {
    Bytes(Bytes),
    /// `length` where it is known.
    Stream {
        body: Body,
        length: Option<u64>,
    },
}

impl Part {
    /// A field of text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::of(Content::Bytes(text.into().into()))
    }

    /// Bytes. A server takes them for a file where they have a [`file_name`](Self::file_name).
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self::of(Content::Bytes(bytes.into()))
    }

    /// A file, which is read as it is sent; its name is the path's last part.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it cannot be opened, and outside of a Tokio runtime.
    pub async fn file(path: impl AsRef<Path> + Send) -> Result<Self> {
        crate::runtime::current("a file can be opened")?;
        let path = path.as_ref();
        let not_opened =
            |error| Error::configuration(format!("the file {} cannot be opened", path.display())).with_source(error);
        let file = File::open(path).await.map_err(not_opened)?;
        let data = file.metadata().await.map_err(not_opened)?;
        // A pipe or a device has none.
        let length = data.is_file().then_some(data.len());
        let part = Self::of(Content::Stream { body: file.into(), length }).content_type("application/octet-stream");
        Ok(match path.file_name() {
            Some(name) => part.file_name(name.to_string_lossy()),
            None => part,
        })
    }

    /// A stream, a file that is open, or whatever else is a body of reqwest; with its length, if that is known, which many servers want.
    pub fn stream(body: impl Into<Body>, length: impl Into<Option<u64>>) -> Self {
        Self::of(Content::Stream { body: body.into(), length: length.into() })
    }

    /// The name of the file that the server is told.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// The content type, `text/csv`. Without one a server takes the part for text.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<Cow<'static, str>>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    fn of(content: Content) -> Self {
        Self { content, file_name: None, content_type: None }
    }

    /// The lines before its content (RFC 7578 §4.2).
    pub(super) fn headers(&self, name: &str) -> Result<String> {
        let file_name = self.file_name.as_ref().map(|name| format!("; filename=\"{}\"", quoted(name)));
        let mut lines =
            format!("Content-Disposition: form-data; name=\"{}\"{}\r\n", quoted(name), file_name.unwrap_or_default());
        if let Some(content_type) = &self.content_type {
            if HeaderValue::from_str(content_type).is_err() {
                return Err(Error::configuration(
                    "the content type of a part of the form has a character that cannot stand in one",
                ));
            }
            lines.extend(["Content-Type: ", content_type, "\r\n"]);
        }
        Ok(lines)
    }
}

/// As browsers write it, and servers read it: a quote or a line's end would end the name (WHATWG HTML, "multipart/form-data encoding algorithm").
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .finish_non_exhaustive()
    }
}
