use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;

/// The end of the year 9999: later is nonsense, and would not fit every system's clock.
const LATEST: f64 = 253_402_300_799.0;

/// Seconds since 1970, a fraction cut off (RFC 7519 §2), in quotation marks too, as some servers write numbers; `None` for what is
/// no time.
pub(crate) fn numeric_date(value: &Value) -> Option<SystemTime> {
    let seconds = match value {
        Value::String(text) => text.parse().ok(),
        number => number.as_f64(),
    };
    let seconds = seconds.filter(|seconds| (0.0..=LATEST).contains(seconds))?;
    UNIX_EPOCH.checked_add(Duration::try_from_secs_f64(seconds.floor()).ok()?)
}

/// `null` says as much as no member at all.
pub(crate) fn is_absent(value: Option<&Value>) -> bool {
    value.is_none_or(Value::is_null)
}
