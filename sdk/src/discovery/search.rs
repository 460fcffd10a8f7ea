//! Looks for a document at one place after the other.

use std::time::Duration;

use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderValue, Request, StatusCode};

use super::document::{Document, NoDocument, parse};
use crate::error::{Error, Fault, Result};
use crate::telemetry::Endpoint;
use crate::text::ServerText;
use crate::transport::{Answer, Transport};
use crate::wire::{EndpointUrl, PlainHttp, lifetime, retry_after};

/// How long something is kept that a failing server had a part in.
const DOUBTFUL_LIFETIME: Duration = Duration::from_mins(5);

/// What was found, where, and for how long it may be kept.
pub(super) struct FoundDocument<T> {
    pub(super) document: T,
    pub(super) location: String,
    pub(super) lifetime: Duration,
}

/// A search, and what each place said at which there was nothing.
pub(super) struct Search<'a> {
    transport: &'a Transport,
    plain_http: PlainHttp,
    misses: Vec<String>,
    status: Option<StatusCode>,
    /// Whether one of the places may have a document that it could not give just now.
    is_doubtful: bool,
}

impl<'a> Search<'a> {
    pub(super) fn new(transport: &'a Transport, plain_http: PlainHttp) -> Self {
        Self { transport, plain_http, misses: Vec::new(), status: None, is_doubtful: false }
    }

    /// The document at this place; `None` where the server says, in whichever way servers say that, that there is none.
    ///
    /// # Errors
    ///
    /// Why it is unknown whether there is one: no connection, a server that is overloaded or down.
    pub(super) async fn at<T: Document>(&mut self, location: String) -> Result<Option<FoundDocument<T>>> {
        self.at_over(self.transport, location).await
    }

    /// The same over another transport.
    ///
    /// # Errors
    ///
    /// As [`at`](Self::at).
    pub(super) async fn at_over<T: Document>(
        &mut self,
        transport: &Transport,
        location: String,
    ) -> Result<Option<FoundDocument<T>>> {
        let answer = match self.get(transport, &location).await {
            Ok(answer) => answer,
            // It is not followed; where it leads to a page for logging in, there is no document here.
            Err(error) if error.status().is_some_and(|status| status.is_redirection()) => {
                return Ok(self.miss(&location, error.status(), "by a redirect, which is not followed (RFC 9700 §4)"));
            }
            // A page as a rule, or whatever else is no document: a server elsewhere may have one.
            Err(error) if error.is_invalid_response() => {
                return Ok(self.miss(&location, error.status(), &format!("with what is no document ({error})")));
            }
            Err(error) => return Err(error),
        };
        let status = answer.status();
        if !status.is_success() {
            return match status.as_u16() {
                408 | 425 | 429 | 502..=504 => Err(unavailable(&location, &answer)),
                // Some fail at paths that they do not know.
                500.. => {
                    self.is_doubtful = true;
                    Ok(self.miss(&location, Some(status), ""))
                }
                _ => Ok(self.miss(&location, Some(status), "")),
            };
        }
        match parse(answer.body()) {
            Ok(document) => {
                let lifetime = lifetime(answer.headers());
                let lifetime = if self.is_doubtful { doubtful(lifetime) } else { lifetime };
                Ok(Some(FoundDocument { document, location, lifetime }))
            }
            Err(NoDocument::NotJson) if is_page(&answer) => Ok(self.miss(&location, Some(status), "with a web page")),
            Err(other) => Ok(self.miss(&location, Some(status), &other.reason())),
        }
    }

    /// The first document at these places.
    ///
    /// # Errors
    ///
    /// As [`at`](Self::at).
    pub(super) async fn first<T: Document>(
        &mut self,
        locations: impl IntoIterator<Item = String>,
    ) -> Result<Option<FoundDocument<T>>> {
        for location in locations {
            if let Some(found) = self.at(location).await? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// The error where there was nothing anywhere; `hint` is what to ask oneself then.
    pub(super) fn nothing(self, hint: &str) -> Error {
        let kind = if self.is_doubtful { Fault::Status } else { Fault::InvalidResponse };
        let error = Error::new(kind, format!("no metadata: {}; {hint}", self.misses.join("; ")));
        self.status.into_iter().fold(error, Error::with_status)
    }

    fn miss<T>(&mut self, location: &str, status: Option<StatusCode>, how: &str) -> Option<T> {
        let answered = status.map(|status| format!(" {status}")).unwrap_or_default();
        self.misses.push(format!("{} answered{answered} {how}", ServerText::new(location)).trim_end().to_owned());
        // A failure says most.
        self.status = status.into_iter().chain(self.status).max_by_key(StatusCode::as_u16);
        None
    }

    async fn get(&self, transport: &Transport, location: &str) -> Result<Answer> {
        let mut request = Request::new(Vec::new());
        *request.uri_mut() = EndpointUrl::parse("metadata URL", location, self.plain_http)?.uri()?;
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
        Endpoint::Metadata.mark(&mut request);
        transport.fetch_document(request).await
    }
}

/// For something that was put together while a part could not be had.
pub(super) fn doubtful(lifetime: Duration) -> Duration {
    lifetime.min(DOUBTFUL_LIFETIME)
}

fn unavailable(location: &str, answer: &Answer) -> Error {
    let status = answer.status();
    let error = Error::new(
        Fault::Status,
        format!("no metadata at {} now: the server answered {status}", ServerText::new(location)),
    );
    retry_after(answer.headers()).into_iter().fold(error.with_status(status), Error::with_retry_after)
}

/// Whether it is a page for people, as single-page applications and captive portals answer with whatever is asked for.
fn is_page(answer: &Answer) -> bool {
    let kind = answer.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let is_html = kind.to_ascii_lowercase().starts_with("text/html");
    is_html || answer.body().trim_ascii_start().first() == Some(&b'<')
}
