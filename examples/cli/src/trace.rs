//! `--trace`: a line for each request that was sent, to an authorization server or an API.
//!
//! Made of the SDK's spans, in which no URL, header, parameter or body ever stands.

use std::fmt::{Debug, Write as _};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Metadata, Subscriber};
use tracing_subscriber::Registry;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;

use crate::screen::Screen;

/// The spans of requests.
const REQUESTS: [&str; 2] = ["grantkit.request", "grantkit.api.request"];

/// Shows the requests of this process from now on.
pub(crate) fn start(screen: Screen) -> Screen {
    let screen = screen.traced();
    // Fails only where there is one already.
    let _ = tracing::subscriber::set_global_default(Registry::default().with(Requests(screen)));
    screen
}

struct Requests(Screen);

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Requests {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.is_span() && REQUESTS.contains(&metadata.name())
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut request = Request::new();
        attributes.record(&mut request);
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(request);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        if let Some(span) = context.span(id)
            && let Some(request) = span.extensions_mut().get_mut::<Request>()
        {
            values.record(request);
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let request = context.span(&id).and_then(|span| span.extensions_mut().remove::<Request>());
        if let Some(request) = request {
            let duration = request.start.elapsed();
            self.0.trace(&request.line(duration), &request.json(duration));
        }
    }
}

/// What is known of a request.
struct Request {
    start: Instant,
    method: String,
    host: String,
    port: u64,
    endpoint: String,
    resends: u64,
    status: Option<u64>,
    error: Option<String>,
}

impl Request {
    fn new() -> Self {
        let (method, host, endpoint) = Default::default();
        Self { start: Instant::now(), method, host, port: 0, endpoint, resends: 0, status: None, error: None }
    }

    fn line(&self, duration: Duration) -> String {
        let Self { method, host, port, endpoint, resends, .. } = self;
        let mut line = format!("{method} {host}:{port} ({}", endpoint.replace('_', " "));
        if *resends > 0 {
            let _ = write!(line, ", try {}", resends + 1);
        }
        let outcome = match (self.status, &self.error) {
            // Its class, where the error has no code.
            (Some(status), Some(error)) if *error != status.to_string() => format!("{status} {error}"),
            (Some(status), _) => status.to_string(),
            (None, Some(error)) => error.clone(),
            // Given up by the caller.
            (None, None) => "no answer".to_owned(),
        };
        let _ = write!(line, "): {outcome}, {} ms", duration.as_millis());
        line
    }

    fn json(&self, duration: Duration) -> Value {
        let Self { method, host, port, endpoint, resends, status, error, .. } = self;
        json!({ "request": {
            "method": method,
            "host": host,
            "port": port,
            "endpoint": endpoint,
            "try": resends + 1,
            "status": status,
            "error": error,
            "milliseconds": u64::try_from(duration.as_millis()).unwrap_or(u64::MAX),
        }})
    }
}

impl Visit for Request {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "http.request.method" => value.clone_into(&mut self.method),
            "server.address" => value.clone_into(&mut self.host),
            "grantkit.endpoint" => value.clone_into(&mut self.endpoint),
            "error.type" => self.error = Some(value.to_owned()),
            _ => {}
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        match field.name() {
            "server.port" => self.port = value,
            "http.request.resend_count" => self.resends = value,
            "http.response.status_code" => self.status = Some(value),
            _ => {}
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        // What is recorded by its `Display` comes so, too.
        self.record_str(field, &format!("{value:?}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request() -> Request {
        let text = str::to_owned;
        let (method, host, endpoint) = (text("POST"), text("as.example"), text("pushed_authorization_request"));
        Request { method, host, port: 443, endpoint, ..Request::new() }
    }

    #[test]
    fn a_line_has_server_endpoint_status_and_time() {
        let of = |request: Request| request.line(Duration::from_millis(12));
        let start = "POST as.example:443 (pushed authorization request";
        let answered = Request { status: Some(200), ..request() };
        assert_eq!(of(answered), format!("{start}): 200, 12 ms"));
        let refused = Request { status: Some(400), error: Some("invalid_grant".to_owned()), resends: 1, ..request() };
        assert_eq!(of(refused), format!("{start}, try 2): 400 invalid_grant, 12 ms"));
        let failed = Request { status: Some(503), error: Some("503".to_owned()), ..request() };
        assert_eq!(of(failed), format!("{start}): 503, 12 ms"));
        let lost = Request { error: Some("connect".to_owned()), ..request() };
        assert_eq!(of(lost), format!("{start}): connect, 12 ms"));
        assert_eq!(of(request()), format!("{start}): no answer, 12 ms"));
    }
}
