use std::time::Duration;

use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, HeaderValue};

/// An hour: a server that asks for more is asked again after that.
pub(super) const MAX_RETRY_AFTER: Duration = Duration::from_hours(1);

/// `Retry-After`, in seconds or as a date (RFC 9110 §10.2.3), at most an hour.
///
/// A date counts from the answer's own `Date`, so that the two clocks need not agree. One that is past says nothing.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = if let Ok(seconds) = text.parse() {
        Duration::from_secs(seconds)
    } else {
        let wait = http_date(text)?.saturating_sub(date(headers)?);
        Some(wait).filter(|wait| !wait.is_zero())?
    };
    Some(wait.min(MAX_RETRY_AFTER))
}

/// When an answer was made, by its `Date`.
pub(super) fn date(headers: &HeaderMap) -> Option<Duration> {
    http_date(headers.get(DATE)?.to_str().ok()?)
}

/// An answer that does not say when it was made gets the time at which it came as its `Date` (RFC 9110 §6.6.1).
pub(crate) fn add_date_if_absent(headers: &mut HeaderMap, now: impl FnOnce() -> Duration) {
    // It is read where it is needed: this is on the way of every answer.
    let is_dated = headers.get(DATE).is_some_and(|date| date.as_bytes().ends_with(b" GMT"));
    if !is_dated && let Ok(date) = HeaderValue::try_from(date_text(now())) {
        headers.insert(DATE, date);
    }
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY: u64 = 24 * 60 * 60;

/// The time since 1970 as `Sun, 06 Nov 1994 08:49:37 GMT`.
fn date_text(since_1970: Duration) -> String {
    const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    // The format has four digits for the year.
    const END: u64 = 253_402_300_799;
    let seconds = since_1970.as_secs().min(END);
    let (days, second) = (seconds / DAY, seconds % DAY);
    let mut year = 1970 + days / 366;
    while days_before(year + 1, 0) <= days {
        year += 1;
    }
    let month = (0..12).rev().find(|month| days_before(year, *month) <= days).unwrap_or_default();
    let day = days - days_before(year, month) + 1;
    let named = |names: &[&'static str], number: u64| {
        usize::try_from(number).ok().and_then(|number| names.get(number).copied()).unwrap_or_default()
    };
    let (weekday, month) = (named(&WEEKDAYS, days % 7), named(&MONTHS, month));
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    // By hand: it is on the way of answers, and the formatter takes many times as long.
    let mut text = String::with_capacity("Sun, 06 Nov 1994 08:49:37 GMT".len());
    let digit = |number: u64| u32::try_from(number % 10).ok().and_then(|digit| char::from_digit(digit, 10));
    for (before, two_digits) in [
        (weekday, None),
        (", ", Some(day)),
        (" ", None),
        (month, None),
        (" ", Some(year / 100)),
        ("", Some(year % 100)),
        (" ", Some(hour)),
        (":", Some(minute)),
        (":", Some(second)),
        (" GMT", None),
    ] {
        text.push_str(before);
        text.extend(two_digits.into_iter().flat_map(|number| [number / 10, number]).filter_map(digit));
    }
    text
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` as the time since 1970: the one form that is still made (RFC 9110 §5.6.7, IMF-fixdate).
fn http_date(text: &str) -> Option<Duration> {
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
    use http::HeaderName;

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
            assert_eq!(date_text(Duration::from_secs(seconds)), text);
        }
        for days in (0..2_932_000).step_by(97) {
            let date = Duration::from_secs(days * DAY + days % DAY);
            assert_eq!(http_date(&date_text(date)), Some(date), "{days}");
        }
        assert_eq!(date_text(Duration::MAX), "Fri, 31 Dec 9999 23:59:59 GMT");
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
    }

    #[test]
    fn answer_without_a_date_counts_from_when_it_came() {
        let mut undated = headers(&[("retry-after", "Sun, 06 Nov 1994 08:51:07 GMT")]);
        assert_eq!(retry_after(&undated), None);
        add_date_if_absent(&mut undated, || Duration::from_secs(784_111_777));
        assert_eq!(retry_after(&undated), Some(Duration::from_secs(90)));
        // One that says it keeps it.
        add_date_if_absent(&mut undated, || Duration::ZERO);
        assert_eq!(undated[DATE], "Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
