use std::time::Duration;

use http::HeaderMap;
use http::header::RETRY_AFTER;

/// A day: whoever asks for more is not believed.
const LONGEST: Duration = Duration::from_hours(24);

/// `Retry-After` in its form of seconds (RFC 9110 §10.2.3). The form with a date is not read: it needs two clocks that
/// agree.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(LONGEST))
}
