//! What can go wrong on the way, on purpose.

mod body;
mod faults;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::Value;

pub use self::body::FaultBody;
pub use self::faults::Faults;

/// One thing that goes wrong with one request; queued with [`Faults::next`].
///
/// ```
/// use grantkit_testkit::Fault;
/// use serde_json::json;
///
/// // Answered instead of the server; the request is not processed.
/// let overloaded = Fault::status(503).header("retry-after", "1").body(json!({ "error": "temporarily_unavailable" }));
/// // Processed, then lost: what makes refresh-token rotation hard.
/// let lost = Fault::lose_answer();
/// ```
#[derive(Clone, Debug)]
#[must_use = "a fault does nothing until it is queued"]
pub struct Fault {
    pub(crate) delay: Duration,
    pub(crate) processing: Processing,
    pub(crate) change: Change,
    pub(crate) headers: HeaderMap,
    pub(crate) answer_delay: Duration,
    pub(crate) delivery: Delivery,
}

impl Fault {
    /// Answers with this status code and an empty body; the request is not processed.
    ///
    /// # Panics
    ///
    /// If `code` is not between 200 and 999.
    #[track_caller]
    pub fn status(code: u16) -> Self {
        let status = StatusCode::from_u16(code).ok().filter(|status| !status.is_informational());
        let Some(status) = status else { mistake(&format!("{code} is not the status code of a final answer")) };
        Self { processing: Processing::Skipped(status), ..Self::none() }
    }

    /// Answers with this status code and body; the request is not processed.
    ///
    /// # Panics
    ///
    /// If `code` is not between 200 and 999.
    #[track_caller]
    pub fn respond(code: u16, body: impl Into<FaultBody>) -> Self {
        Self::status(code).body(body)
    }

    /// Waits, then processes and answers the request as usual.
    ///
    /// A client that goes away in the meantime takes its request with it: it is not processed.
    pub fn delay(delay: Duration) -> Self {
        Self { delay, ..Self::none() }
    }

    /// Processes the request as usual, then waits before it answers: what the request does is done, also when the client
    /// gives up.
    pub fn delay_answer(delay: Duration) -> Self {
        Self { answer_delay: delay, ..Self::none() }
    }

    /// Closes the connection without an answer; the request is not processed.
    pub fn drop_connection() -> Self {
        Self { delivery: Delivery::Dropped, ..Self::none() }
    }

    /// Processes the request as usual, then closes the connection: the answer is lost.
    pub fn lose_answer() -> Self {
        Self { delivery: Delivery::Lost, ..Self::none() }
    }

    /// Announces the whole answer, sends the first `bytes` of its body and closes the connection.
    ///
    /// A body that is not longer than `bytes` arrives whole.
    pub fn truncate_body(bytes: usize) -> Self {
        Self { delivery: Delivery::Truncated(bytes), ..Self::none() }
    }

    /// Sends the answer's body in chunks of this many bytes (at least one), with a pause after each.
    pub fn drip_body(bytes_per_chunk: usize, pause: Duration) -> Self {
        Self { delivery: Delivery::Dripped { chunk: bytes_per_chunk.max(1), pause }, ..Self::none() }
    }

    /// Processes the request as usual, but replaces the body of the answer: JSON, text or bytes.
    pub fn rewrite_body(body: impl Into<FaultBody>) -> Self {
        Self::none().body(body)
    }

    /// Processes the request as usual, but edits the JSON of the answer; an answer that is no JSON is left alone.
    ///
    /// ```
    /// # use grantkit_testkit::Fault;
    /// let endless = Fault::edit_json(|token| token["expires_in"] = (-1).into());
    /// ```
    pub fn edit_json(edit: impl Fn(&mut Value) + Send + Sync + 'static) -> Self {
        Self { change: Change::Edit(Edit(Arc::new(edit))), ..Self::none() }
    }

    /// Sets a header field of the answer; given twice, the field is sent twice.
    ///
    /// `Content-Length` is always the server's own.
    ///
    /// # Panics
    ///
    /// If the name or the value cannot stand in a header.
    #[track_caller]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let Ok(header) = HeaderName::try_from(name) else { mistake(&format!("{name:?} is not a header name")) };
        let Ok(value) = HeaderValue::try_from(value) else { mistake(&format!("{value:?} is not a header value")) };
        self.headers.append(header, value);
        self
    }

    /// Sets the body of the answer.
    ///
    /// The content type is `application/json` for a JSON value and for text that starts like a JSON object or array,
    /// otherwise `text/plain`, unless [`header`](Self::header) says something else.
    pub fn body(mut self, body: impl Into<FaultBody>) -> Self {
        self.change = Change::Replace(body.into());
        self
    }

    /// Nothing goes wrong.
    fn none() -> Self {
        Self {
            delay: Duration::ZERO,
            processing: Processing::Usual,
            change: Change::None,
            headers: HeaderMap::new(),
            answer_delay: Duration::ZERO,
            delivery: Delivery::Whole,
        }
    }
}

/// Who makes the answer.
#[derive(Clone, Debug)]
pub(crate) enum Processing {
    /// The server.
    Usual,
    /// The fault; the server never sees the request.
    Skipped(StatusCode),
}

/// What becomes of the answer's body.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    None,
    Replace(FaultBody),
    Edit(Edit),
}

/// How the answer goes over the socket.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Delivery {
    Whole,
    /// The connection is closed before the request is processed.
    Dropped,
    /// The connection is closed after the request was processed.
    Lost,
    Truncated(usize),
    Dripped {
        chunk: usize,
        pause: Duration,
    },
}

/// A function over the answer's JSON.
#[derive(Clone)]
pub(crate) struct Edit(pub(crate) Arc<dyn Fn(&mut Value) + Send + Sync>);

impl fmt::Debug for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Edit")
    }
}

#[track_caller]
#[expect(clippy::panic, reason = "a mistake in the test itself, reported at its own line")]
fn mistake(what: &str) -> ! {
    panic!("{what}")
}
