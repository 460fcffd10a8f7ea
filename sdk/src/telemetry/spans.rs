//! Spans and events, named as OpenTelemetry names such things; `otel.…` are the fields that `tracing-opentelemetry` reads.
//!
//! No URL, header, parameter or body is ever a field: only hosts, which the program configured or the issuer's metadata
//! names.

use std::future::Future;

use http::StatusCode;
use reqwest::Request;
use tracing::field::{Empty, display};
use tracing::{Instrument, Span, debug_span, info, info_span, warn};

use super::Endpoint;
use super::outcome::{class, class_of_end, status_of_end};
use crate::error::Error;

const TOKEN: &str = "grantkit::token";
const TRANSPORT: &str = "grantkit::transport";
const API: &str = "grantkit::api";

/// The task of a caller, which may outlive it.
pub(crate) fn in_current_span<F: Future>(task: F) -> impl Future<Output = F::Output> {
    task.in_current_span()
}

pub(super) struct Exchange(Span);

/// A request's span differs by where the request goes in its name and target only, which have to be constants.
macro_rules! request_span {
    ($target:ident, $name:literal, $endpoint:ident, $request:ident, $resends:ident) => {
        info_span!(
            target: $target,
            $name,
            otel.kind = "client",
            otel.status_code = Empty,
            grantkit.endpoint = $endpoint.as_str(),
            http.request.method = $request.method().as_str(),
            server.address = $request.url().host_str(),
            server.port = $request.url().port_or_known_default(),
            http.request.resend_count = (0 < $resends).then_some($resends),
            http.response.status_code = Empty,
            "error.type" = Empty,
        )
    };
}

impl Exchange {
    pub(super) fn new(endpoint: Endpoint, request: &Request, resends: u32) -> Self {
        Self(if endpoint == Endpoint::Resource {
            request_span!(API, "grantkit.api.request", endpoint, request, resends)
        } else {
            request_span!(TRANSPORT, "grantkit.request", endpoint, request, resends)
        })
    }

    pub(super) fn carry<F: Future>(&self, exchange: F) -> impl Future<Output = F::Output> + use<F> {
        exchange.instrument(self.0.clone())
    }

    pub(super) fn ended(&self, end: &Result<StatusCode, &Error>) {
        if let Some(status) = status_of_end(end) {
            self.0.record("http.response.status_code", status.as_u16());
        }
        if let Some(class) = class_of_end(end) {
            mark_failed(&self.0, &class);
        }
    }
}

pub(super) struct Acquisition(Span);

/// The span of one acquisition: only its parent differs.
macro_rules! acquire_span {
    ($client:ident, $ahead:literal $(, parent: $parent:expr)?) => {
        info_span!(
            target: TOKEN,
            $(parent: $parent,)?
            "grantkit.token.acquire",
            grantkit.client.name = $client,
            grantkit.token.ahead = $ahead,
            grantkit.token.source = Empty,
            grantkit.token.waiting = Empty,
            otel.status_code = Empty,
            "error.type" = Empty,
        )
    };
}

impl Acquisition {
    pub(super) fn awaited(client: &str) -> Self {
        Self(acquire_span!(client, false))
    }

    pub(super) fn ahead(client: &str) -> Self {
        let span = acquire_span!(client, true, parent: None);
        span.follows_from(Span::current());
        Self(span)
    }

    pub(super) fn carry<F: Future>(self, task: F) -> impl Future<Output = F::Output> {
        task.instrument(self.0)
    }
}

/// Not entered: it is as long as its guard is held.
pub(super) struct Wait {
    _span: Span,
}

impl Wait {
    pub(super) fn new(client: &str, shared: bool) -> Self {
        let span = debug_span!(
            target: TOKEN,
            "grantkit.token.wait",
            grantkit.client.name = client,
            grantkit.token.wait.shared = shared,
        );
        Self { _span: span }
    }
}

/// Within a flight: where its token comes from.
pub(super) fn source(source: &'static str) {
    Span::current().record("grantkit.token.source", source);
}

/// Within a flight, at its end.
pub(super) fn waiting(callers: usize) {
    Span::current().record("grantkit.token.waiting", callers);
}

/// Within a flight, at its end.
pub(super) fn failed(client: &str, error: &Error, still_good: impl FnOnce() -> bool) {
    let class = class(error);
    mark_failed(&Span::current(), &class);
    // How long the pause is that begins with it.
    let (class, pause) = (&*class, error.retry_after().map(|pause| pause.as_secs_f64()));
    // A renewal that fails is no failure yet of anything else.
    let message =
        if still_good() { "refresh failed; the cached token is still valid" } else { "no token could be obtained" };
    warn!(
        target: TOKEN,
        {
            grantkit.client.name = client,
            "error.type" = class,
            exception.message = %error,
            grantkit.token.pause = pause,
        },
        "{message}"
    );
    if error.needs_login() {
        warn!(target: TOKEN, { grantkit.client.name = client, "error.type" = class }, "a person has to log in again");
    }
}

pub(super) fn rejected(client: &str) {
    info!(target: TOKEN, { grantkit.client.name = client }, "the API rejected the token");
}

pub(super) fn refresh_token_in_doubt(client: &str) {
    warn!(
        target: TOKEN,
        { grantkit.client.name = client },
        "refresh outcome unknown: no answer came, and the refresh token is not sent again"
    );
}

/// Within a flight, whose span names the client.
pub(super) fn id_token_not_verified(why: &Error) {
    let class = class(why);
    warn!(
        target: TOKEN,
        { "error.type" = &*class, exception.message = %why },
        "the refresh brought an ID token that could not be verified; the refresh stands, and what the ID token says is left out"
    );
}

pub(super) fn stored_id_token_refused(why: &Error) {
    let class = class(why);
    warn!(
        target: TOKEN,
        { "error.type" = &*class, exception.message = %why },
        "the store has an ID token that this client does not accept; its access token is used, and what the ID token says is left out"
    );
}

pub(super) fn login_not_refreshed(why: &Error) {
    let class = class(why);
    warn!(
        target: TOKEN,
        { "error.type" = &*class, exception.message = %why },
        "the token of a login could not be exchanged for one that lasts; the login stands, and the next refresh tries again"
    );
}

#[cfg(feature = "axum")]
pub(super) fn web_login_failed(why: &Error) {
    let class = class(why);
    warn!(target: TOKEN, { "error.type" = &*class, exception.message = %why }, "a login or logout of the web application failed");
}

pub(super) fn scope_withheld(withheld: &[&str]) {
    let withheld = withheld.join(" ");
    info!(target: TOKEN, { grantkit.scope.withheld = withheld }, "the server granted fewer scopes than it was asked for");
}

pub(super) fn circuit_opened(origin: &str) {
    warn!(
        target: TRANSPORT,
        { grantkit.origin = origin },
        "circuit breaker opened after repeated failures"
    );
}

pub(super) fn circuit_closed(origin: &str) {
    info!(target: TRANSPORT, { grantkit.origin = origin }, "circuit breaker closed: the server answers again");
}

fn mark_failed(span: &Span, class: &str) {
    span.record("otel.status_code", "ERROR").record("error.type", display(class));
}
