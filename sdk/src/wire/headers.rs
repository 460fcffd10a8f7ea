use std::time::Duration;

use http::HeaderMap;
use http::header::{DATE, HeaderName, RETRY_AFTER};

use crate::time;

/// An hour: a server that asks for more is asked again after that.
pub(super) const MAX_RETRY_AFTER: Duration = Duration::from_hours(1);

/// `Retry-After`, in seconds or as a date (RFC 9110 §10.2.3), at most an hour.
///
/// A date counts from the answer's own `Date`, so that the two clocks need not agree; where it has none, from this machine's. One
/// that is past says nothing.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = if let Ok(seconds) = text.parse() {
        Duration::from_secs(seconds)
    } else {
        let wait = http_date(text)?.saturating_sub(server_time(headers));
        Some(wait).filter(|wait| !wait.is_zero())?
    };
    Some(wait.min(MAX_RETRY_AFTER))
}

/// When an answer was made: by its `Date`, or else by this machine's clock.
pub(super) fn server_time(headers: &HeaderMap) -> Duration {
    date(headers, &DATE).unwrap_or_else(time::unix_time)
}

fn date(headers: &HeaderMap, name: &HeaderName) -> Option<Duration> {
    http_date(headers.get(name)?.to_str().ok()?)
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` as the time since 1970: the one form that is still made (RFC 9110 §5.6.7, IMF-fixdate).
fn http_date(text: &str) -> Option<Duration> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let mut parts = text.split_ascii_whitespace();
    let (_weekday, day, month) = (parts.next()?, parts.next()?, parts.next()?);
    let (year, time) = (parts.next()?, parts.next()?);
    if parts.next()? != "GMT" || parts.next().is_some() {
        return None;
    }
    let number = |text: &str, least: u64, most: u64| text.parse().ok().filter(|n| (least..=most).contains(n));
    let month = u64::try_from(MONTHS.iter().position(|name| *name == month)?).ok()?;
    let (year, day) = (number(year, 1970, 9999)?, number(day, 1, 31)?);
    let mut clock = time.split(':');
    let (hour, minute, second) =
        (number(clock.next()?, 0, 23)?, number(clock.next()?, 0, 59)?, number(clock.next()?, 0, 60)?);
    let days = days_before(year, month) + day - 1;
    Some(Duration::from_secs(((days * 24 + hour) * 60 + minute) * 60 + second))
}

/// Days from 1970-01-01 to the first of this month, which counts from 0.
fn days_before(year: u64, month: u64) -> u64 {
    const BEFORE: [u64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let leap_days = |year: u64| year / 4 - year / 100 + year / 400;
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let within = usize::try_from(month).ok().and_then(|month| BEFORE.get(month)).copied().unwrap_or_default();
    let leap_day = u64::from(is_leap && month > 1);
    (year - 1970) * 365 + leap_days(year - 1) - leap_days(1969) + within + leap_day
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_date_is_since_1970() {
        for (text, seconds) in [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            // RFC 9110 §5.6.7.
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
            ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199),
            ("Fri, 01 Mar 2024 00:00:00 GMT", 1_709_251_200),
            ("Fri, 31 Dec 1999 23:59:59 GMT", 946_684_799),
        ] {
            assert_eq!(http_date(text), Some(Duration::from_secs(seconds)), "{text}");
        }
        for text in
            ["", "soon", "Sun, 06 Nov 1994 08:49:37", "Sun, 99 Nov 1994 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"]
        {
            assert_eq!(http_date(text), None, "{text}");
        }
    }

    #[test]
    fn the_wait_is_in_seconds_or_until_a_date_and_an_hour_at_the_most() {
        let date = "Sun, 06 Nov 1994 08:49:37 GMT";
        for (after, expected) in [
            ("120", Some(120)),
            ("0", Some(0)),
            ("999999", Some(3600)),
            ("Sun, 06 Nov 1994 08:51:07 GMT", Some(90)),
            ("Mon, 07 Nov 1994 08:49:37 GMT", Some(3600)),
            ("Sat, 05 Nov 1994 08:49:37 GMT", None),
            ("-1", None),
            ("soon", None),
        ] {
            let found = retry_after(&headers(&[("retry-after", after), ("date", date)]));
            assert_eq!(found, expected.map(Duration::from_secs), "{after}");
        }
        // Without a `Date` it is this machine's clock that counts.
        assert_eq!(retry_after(&headers(&[("retry-after", date)])), None);
        let far = "Fri, 31 Dec 9999 23:59:59 GMT";
        assert_eq!(retry_after(&headers(&[("retry-after", far)])), Some(MAX_RETRY_AFTER));
    }
}
