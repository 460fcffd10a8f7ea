use std::time::{Duration, SystemTime};

/// Whether `expires_at` lies before `now + leeway`, whatever the numbers.
pub(super) fn is_past(expires_at: SystemTime, leeway: Duration, now: SystemTime) -> bool {
    now.checked_add(leeway).is_none_or(|horizon| expires_at <= horizon)
}
