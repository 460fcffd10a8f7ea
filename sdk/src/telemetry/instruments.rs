//! Counters and histograms, named as OpenTelemetry names such things; durations are in seconds.
//!
//! Labels are few by construction: the client's name, up to a number of them, the endpoint, a host, a class of error.
//! Neither cache key nor user, scope or audience is one.

mod client_names;

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use http::{Method, StatusCode};
use metrics::{
    Counter, Histogram, IntoF64, Label, SharedString, Unit, counter, describe_counter, describe_histogram, histogram,
};
use reqwest::Request;

use super::Endpoint;
use super::outcome::{class, class_of_end, status_of_end};
use crate::error::Error;
use client_names::ClientNames;

const ACQUIRED: &str = "grantkit.token.acquired";
const REFRESHED: &str = "grantkit.token.refreshed";
const STORE_HIT: &str = "grantkit.token.store_hit";
const SHARED: &str = "grantkit.token.shared";
const WAITED: &str = "grantkit.token.wait.duration";
const BACKOFF_REJECTED: &str = "grantkit.token.backoff_rejected";
const REJECTED: &str = "grantkit.token.rejected";
const FAILED: &str = "grantkit.token.failed";
const AGE: &str = "grantkit.token.age";
const CIRCUIT: &str = "grantkit.circuit.opened";
const REQUEST: &str = "grantkit.client.request.duration";

/// Tells the recorder that is installed what each metric of this crate is, and its unit.
///
/// For exporters that show it; call it once, after the recorder was installed. Nothing else depends on it.
pub fn describe_metrics() {
    describe_counter!(ACQUIRED, Unit::Count, "tokens obtained other than by a refresh token");
    describe_counter!(REFRESHED, Unit::Count, "tokens obtained by a refresh token");
    describe_counter!(STORE_HIT, Unit::Count, "tokens of other processes that were taken from a store");
    describe_counter!(SHARED, Unit::Count, "callers that waited for a request that another had started");
    describe_histogram!(WAITED, Unit::Seconds, "how long callers waited for a token");
    describe_counter!(
        BACKOFF_REJECTED,
        Unit::Count,
        "callers that got the last error during the back-off after a failed request"
    );
    describe_counter!(REJECTED, Unit::Count, "rejections (401) of a token by an API");
    describe_counter!(FAILED, Unit::Count, "failed requests for a token, by the class of the error");
    describe_histogram!(AGE, Unit::Seconds, "how long ago a token came, each time that it is handed out");
    describe_counter!(CIRCUIT, Unit::Count, "circuit breakers opened after a row of failures");
    describe_histogram!(REQUEST, Unit::Seconds, "how long requests took, to the last byte of the answer");
}

/// One try of a request, from when it is made.
pub(super) struct Exchange {
    start: Instant,
    labels: Vec<Label>,
}

impl Exchange {
    pub(super) fn new(endpoint: Endpoint, request: &Request) -> Self {
        // Room for the two that its end adds.
        let mut labels = Vec::with_capacity(6);
        labels.extend([
            Label::from_static_parts("grantkit.endpoint", endpoint.as_str()),
            Label::from_static_parts("http.request.method", method(request.method())),
            Label::new("server.address", request.url().host_str().unwrap_or_default().to_owned()),
            Label::new("server.port", request.url().port_or_known_default().unwrap_or_default().to_string()),
        ]);
        Self { start: Instant::now(), labels }
    }

    pub(super) fn ended(mut self, end: &Result<StatusCode, &Error>) {
        let status =
            status_of_end(end).map(|status| Label::new("http.response.status_code", status.as_str().to_owned()));
        let class = class_of_end(end).map(|class| Label::new("error.type", class));
        self.labels.extend(status.into_iter().chain(class));
        histogram!(REQUEST, self.labels).record(self.start.elapsed());
    }
}

/// The methods of RFC 9110 and PATCH; any other is `_OTHER`, as OpenTelemetry wants it.
fn method(method: &Method) -> &'static str {
    const KNOWN: [&str; 9] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT"];
    KNOWN.into_iter().find(|known| *known == method.as_str()).unwrap_or("_OTHER")
}

pub(super) struct Wait<'a> {
    client: &'a str,
    shared: bool,
    start: Instant,
}

impl<'a> Wait<'a> {
    pub(super) fn new(client: &'a str, shared: bool) -> Self {
        if shared {
            count(SHARED, client).increment(1);
        }
        Self { client, shared, start: Instant::now() }
    }
}

/// Also of a caller that gave up.
impl Drop for Wait<'_> {
    fn drop(&mut self) {
        let shared = if self.shared { "true" } else { "false" };
        let labels = vec![name(self.client), Label::from_static_parts("grantkit.token.wait.shared", shared)];
        histogram!(WAITED, labels).record(self.start.elapsed());
    }
}

/// How old a token is when it is used: ready to be recorded without a look-up, so that reading a warm token stays cheap.
#[derive(Clone)]
pub(crate) struct Age {
    since: Duration,
    histogram: Histogram,
}

impl Age {
    /// Of a token of this client that was issued then, by the monotonic clock.
    pub(crate) fn new(client: &str, since: Duration) -> Self {
        Self { since, histogram: histogram!(AGE, vec![name(client)]) }
    }

    #[inline]
    pub(crate) fn used(&self, now: Duration) {
        self.histogram.record(Elapsed { since: self.since, now });
    }
}

/// A time that is computed only where a recorder is installed.
struct Elapsed {
    since: Duration,
    now: Duration,
}

impl IntoF64 for Elapsed {
    fn into_f64(self) -> f64 {
        self.now.saturating_sub(self.since).as_secs_f64()
    }
}

pub(super) fn acquired(client: &str) {
    count(ACQUIRED, client).increment(1);
}

pub(super) fn refreshed(client: &str) {
    count(REFRESHED, client).increment(1);
}

pub(super) fn store_hit(client: &str) {
    count(STORE_HIT, client).increment(1);
}

pub(super) fn failed(client: &str, error: &Error) {
    counter!(FAILED, vec![name(client), Label::new("error.type", class(error))]).increment(1);
}

pub(super) fn backoff_rejected(client: &str) {
    count(BACKOFF_REJECTED, client).increment(1);
}

pub(super) fn rejected(client: &str) {
    count(REJECTED, client).increment(1);
}

pub(super) fn circuit_opened(origin: &str) {
    counter!(CIRCUIT, vec![Label::new("grantkit.origin", origin.to_owned())]).increment(1);
}

fn count(metric: &'static str, client: &str) -> Counter {
    counter!(metric, vec![name(client)])
}

fn name(client: &str) -> Label {
    static NAMES: OnceLock<ClientNames> = OnceLock::new();
    let shown: SharedString = NAMES.get_or_init(ClientNames::default).shown(client);
    Label::new("grantkit.client.name", shown)
}
