//! Where a service account's data may be (regional access boundary): looked up beside the tokens, and sent with them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use grantkit::transport::{ServiceRequest, Transport};
use grantkit::{Error, OAuthToken, Result};
use http::{HeaderName, HeaderValue};
use serde_json::Value;

const HEADER: HeaderName = HeaderName::from_static("x-allowed-locations");
/// As google-auth has them.
const LIFETIME: Duration = Duration::from_hours(6);
const REFRESH_AFTER: Duration = Duration::from_hours(5);
const FIRST_COOL_DOWN: Duration = Duration::from_mins(15);
/// The first token waits for it that long, since it is sent with the token; a lookup that takes longer serves the next one.
const MAX_WAIT_OF_FIRST_TOKEN: Duration = Duration::from_secs(1);
const TIMEOUT: Duration = Duration::from_secs(10);

/// What is known of one account's boundary; clones share it.
#[derive(Clone, Debug, Default)]
pub(super) struct Boundary(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    known: Option<(HeaderValue, Instant)>,
    is_running: bool,
    not_before: Option<Instant>,
    cool_down: Option<Duration>,
}

impl Boundary {
    /// The token with the header, where the boundary is known, or gets known soon. It never fails, and costs a second at most.
    pub(super) async fn annotate(
        &self,
        token: OAuthToken,
        iam_url: &str,
        email: &str,
        transport: Option<&Transport>,
    ) -> OAuthToken {
        let (known, is_due) = self.begin(Instant::now());
        if is_due {
            let request = request(iam_url, email, &token);
            let request = transport.into_iter().cloned().fold(request, ServiceRequest::transport);
            let running = Running(Some(self.clone()));
            let lookup = tokio::spawn(async move { running.end(look_up(request).await) });
            if known.is_none() {
                let _ = tokio::time::timeout(MAX_WAIT_OF_FIRST_TOKEN, lookup).await;
            }
        }
        let header = self.state().known.as_ref().map(|(header, _)| header.clone());
        header.into_iter().fold(token, |token, header| token.with_request_header(HEADER, header))
    }

    /// What is known, and whether it is to be looked up now, by the caller.
    fn begin(&self, now: Instant) -> (Option<HeaderValue>, bool) {
        let mut state = self.state();
        state.known.take_if(|(_, since)| now.duration_since(*since) >= LIFETIME);
        let is_fresh = state.known.as_ref().is_some_and(|(_, since)| now.duration_since(*since) < REFRESH_AFTER);
        let is_due = !is_fresh && !state.is_running && state.not_before.is_none_or(|time| time <= now);
        state.is_running |= is_due;
        (state.known.as_ref().map(|(header, _)| header.clone()), is_due)
    }

    fn end(&self, found: Result<HeaderValue>, now: Instant) {
        let mut state = self.state();
        state.is_running = false;
        if let Ok(header) = found {
            state.known = Some((header, now));
            (state.not_before, state.cool_down) = (None, None);
        } else {
            let pause = state.cool_down.unwrap_or(FIRST_COOL_DOWN);
            state.not_before = now.checked_add(pause);
            state.cool_down = Some((pause * 2).min(LIFETIME));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A lookup under way. One that is given up, with its runtime or in a panic, leaves the next token to begin another.
struct Running(Option<Boundary>);

impl Running {
    fn end(mut self, found: Result<HeaderValue>) {
        if let Some(boundary) = self.0.take() {
            boundary.end(found, Instant::now());
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(boundary) = self.0.take() {
            boundary.state().is_running = false;
        }
    }
}

fn request(iam_url: &str, email: &str, token: &OAuthToken) -> ServiceRequest {
    let url = format!("{iam_url}/projects/-/serviceAccounts/{email}/allowedLocations");
    ServiceRequest::get("IAM Credentials API", url).bearer(token.access_token()).timeout(TIMEOUT)
}

async fn look_up(request: ServiceRequest) -> Result<HeaderValue> {
    let answer: Value = request.send().await?.success()?.json()?;
    let encoded =
        answer.get("encodedLocations").and_then(Value::as_str).and_then(|text| HeaderValue::from_str(text).ok());
    encoded.ok_or_else(|| Error::invalid_response("the answer has no `encodedLocations`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOT_KNOWN: (Option<HeaderValue>, bool) = (None, false);
    const HOUR: Duration = Duration::from_hours(1);

    const SECOND: Duration = Duration::from_secs(1);

    fn header(text: &'static str) -> HeaderValue {
        HeaderValue::from_static(text)
    }

    fn known(text: &'static str, is_due: bool) -> (Option<HeaderValue>, bool) {
        (Some(header(text)), is_due)
    }

    #[test]
    fn one_is_known_for_six_hours_and_looked_up_anew_in_the_last() {
        let (boundary, start) = (Boundary::default(), Instant::now());
        assert_eq!(boundary.begin(start), (None, true));
        assert_eq!(boundary.begin(start), NOT_KNOWN, "one look-up at a time");
        boundary.end(Ok(header("0x1")), start);
        assert_eq!(boundary.begin(start + (HOUR * 5).saturating_sub(SECOND)), known("0x1", false));
        // The old one is sent meanwhile.
        assert_eq!(boundary.begin(start + HOUR * 5), known("0x1", true));
        boundary.end(Ok(header("0x2")), start + HOUR * 5);
        assert_eq!(boundary.begin(start + HOUR * 6), known("0x2", false));
        assert_eq!(boundary.begin(start + HOUR * 11), (None, true), "it has ended");
    }

    #[test]
    fn a_lookup_that_ends_with_its_runtime_is_begun_anew() {
        let (boundary, silent) = (Boundary::default(), std::net::TcpListener::bind("127.0.0.1:0").unwrap());
        let url = format!("http://{}", silent.local_addr().unwrap());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            // The first token waits for it a second, by a clock that moves on by itself.
            tokio::time::pause();
            let token = OAuthToken::new("t").unwrap();
            assert!(boundary.annotate(token, &url, "a@acme.example", None).await.request_headers().is_empty());
        });
        assert_eq!(boundary.begin(Instant::now()), NOT_KNOWN, "it is under way");
        drop(runtime);
        assert_eq!(boundary.begin(Instant::now()), (None, true));
    }

    #[test]
    fn pauses_after_failures_double_from_a_quarter_of_an_hour_to_six_hours() {
        let (boundary, mut now) = (Boundary::default(), Instant::now());
        for minutes in [15, 30, 60, 120, 240, 360, 360] {
            let pause = Duration::from_mins(minutes);
            assert_eq!(boundary.begin(now), (None, true), "{minutes}");
            boundary.end(Err(Error::temporary("busy")), now);
            assert_eq!(boundary.begin(now + pause.saturating_sub(SECOND)), NOT_KNOWN, "{minutes}");
            now += pause;
        }
        // A success ends them: the next failure pauses for a quarter of an hour again.
        assert!(boundary.begin(now).1);
        boundary.end(Ok(header("0x1")), now);
        now += HOUR * 5;
        assert_eq!(boundary.begin(now), known("0x1", true));
        boundary.end(Err(Error::temporary("busy")), now);
        assert_eq!(boundary.begin(now + Duration::from_mins(14)), known("0x1", false), "what is known is sent on");
        assert_eq!(boundary.begin(now + Duration::from_mins(15)), known("0x1", true));
    }
}
