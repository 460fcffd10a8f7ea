//! What came over the wire, for assertions.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{HeaderMap, Method};
use serde_json::Value;

use crate::sync::lock;

/// A request as it was received, with its secrets: this is a test server.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The method.
    pub method: Method,
    /// The path, still percent-encoded.
    pub path: String,
    /// The query, still percent-encoded, without the `?`.
    pub query: Option<String>,
    /// The header fields.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl RecordedRequest {
    /// Returns a header field's first value, if it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Decodes the body as a form, in the order in which it was sent.
    pub fn form(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(&self.body).into_owned().collect()
    }

    /// Returns the first value of one parameter of the body's form.
    pub fn form_value(&self, name: &str) -> Option<String> {
        form_urlencoded::parse(&self.body).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    /// Returns the first value of one parameter of the query.
    pub fn query_value(&self, name: &str) -> Option<String> {
        let query = self.query.as_deref()?.as_bytes();
        form_urlencoded::parse(query).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    /// Decodes the body as JSON, if it is JSON.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

/// The last requests, oldest first.
#[derive(Debug)]
pub(crate) struct Recorder {
    capacity: usize,
    requests: Mutex<VecDeque<Arc<RecordedRequest>>>,
}

impl Recorder {
    /// How many requests are kept unless told otherwise: more than a test looks at, and no burden on a benchmark's memory.
    pub(crate) const CAPACITY: usize = 10_000;

    pub(crate) fn new(capacity: usize) -> Self {
        Self { capacity, requests: Mutex::default() }
    }

    pub(crate) fn record(&self, request: Arc<RecordedRequest>) {
        if self.capacity == 0 {
            return;
        }
        let mut requests = lock(&self.requests);
        if requests.len() >= self.capacity {
            requests.pop_front();
        }
        requests.push_back(request);
    }

    pub(crate) fn requests(&self) -> Vec<RecordedRequest> {
        lock(&self.requests).iter().map(|request| RecordedRequest::clone(request)).collect()
    }

    pub(crate) fn clear(&self) {
        lock(&self.requests).clear();
    }
}
