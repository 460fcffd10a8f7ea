//! Times and durations as people read them.

use std::time::{Duration, SystemTime};

/// As `9:42` or `1:09:42`.
pub(crate) fn clock(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// RFC 3339 in UTC, to the second.
pub(crate) fn rfc3339(time: SystemTime) -> Option<String> {
    let timestamp = jiff::Timestamp::try_from(time).ok()?;
    jiff::Timestamp::from_second(timestamp.as_second()).ok().map(|timestamp| timestamp.to_string())
}

/// The same of seconds since 1970.
pub(crate) fn rfc3339_of_seconds(seconds: i64) -> Option<String> {
    jiff::Timestamp::from_second(seconds).ok().map(|timestamp| timestamp.to_string())
}

/// As `in 59 min` or `3 h ago`.
pub(crate) fn from_now(time: SystemTime) -> String {
    match time.duration_since(SystemTime::now()) {
        Ok(ahead) => format!("in {}", roughly(ahead)),
        Err(past) => format!("{} ago", roughly(past.duration())),
    }
}

fn roughly(duration: Duration) -> String {
    match duration.as_secs() {
        seconds @ 0..=119 => format!("{seconds} s"),
        seconds @ 120..=7199 => format!("{} min", seconds / 60),
        seconds @ 7200..=172_799 => format!("{} h", seconds / 3600),
        seconds => format!("{} d", seconds / 86_400),
    }
}
