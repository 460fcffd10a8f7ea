use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::lenient::as_number;

/// The end of the year 9999: later is nonsense, and would not fit every system's clock.
const LATEST: f64 = 253_402_300_799.0;

/// Seconds since 1970, a fraction cut off (RFC 7519 §2), in quotation marks too, as some servers write numbers; `None` for what is
/// no time.
pub(crate) fn numeric_date(value: &Value) -> Option<SystemTime> {
    let seconds = as_number(value).filter(|seconds| (0.0..=LATEST).contains(seconds))?;
    UNIX_EPOCH.checked_add(Duration::try_from_secs_f64(seconds.floor()).ok()?)
}
