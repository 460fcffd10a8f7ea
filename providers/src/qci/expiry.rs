use std::time::{Duration, SystemTime, UNIX_EPOCH};

use grantkit::{Error, OAuthToken, Result};
use jiff::Timestamp;
use serde_json::Value;

/// The member of the answer that says when the token expires.
const MEMBER: &str = "expires_at_rfc3339";

/// When the token expires; `None` where the server does not say.
pub(super) fn stated_in(token: &OAuthToken) -> Result<Option<SystemTime>> {
    match token.extra().get(MEMBER) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => parse(text).map(Some),
        Some(_) => Err(no_time()),
    }
}

/// RFC 3339 §5.6, with any offset and any number of decimals.
fn parse(text: &str) -> Result<SystemTime> {
    let timestamp: Timestamp = text.trim().parse().map_err(|_| no_time())?;
    // A time before 1970 is past, and that is all that has to be known of it; not every machine could hold it.
    let since_epoch = Duration::try_from(timestamp.duration_since(Timestamp::UNIX_EPOCH)).unwrap_or_default();
    UNIX_EPOCH.checked_add(since_epoch).ok_or_else(no_time)
}

fn no_time() -> Error {
    Error::invalid_response(format!(
        "the token response has an `{MEMBER}` that is no time of RFC 3339, such as 2030-01-31T12:00:00Z"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> f64 {
        parse(text).unwrap().duration_since(UNIX_EPOCH).unwrap().as_secs_f64()
    }

    #[test]
    fn times_of_rfc_3339() {
        for (text, expected) in [
            ("2030-01-31T12:00:00Z", 1_896_091_200.0),
            ("2030-01-31T12:00:00.5Z", 1_896_091_200.5),
            ("2030-01-31T12:00:00.123456789Z", 1_896_091_200.123_456_8),
            ("2030-01-31T13:00:00+01:00", 1_896_091_200.0),
            ("2030-01-31T04:30:00.250-07:30", 1_896_091_200.25),
            ("2030-01-31T12:00:00+00:00", 1_896_091_200.0),
            ("2030-01-31T12:00:00-00:00", 1_896_091_200.0),
            ("2030-01-31t12:00:00z", 1_896_091_200.0),
            ("2030-01-31 12:00:00Z", 1_896_091_200.0),
            (" 2030-01-31T12:00:00Z\n", 1_896_091_200.0),
            ("2016-12-31T23:59:60Z", 1_483_228_799.0),
            ("1970-01-01T00:00:00Z", 0.0),
            ("1969-12-31T23:59:59Z", 0.0),
            ("0001-01-01T00:00:00Z", 0.0),
        ] {
            assert!((seconds(text) - expected).abs() < 1e-6, "{text}: {}", seconds(text));
        }
    }

    #[test]
    fn what_is_no_time_is_an_error() {
        for text in [
            "",
            "never",
            "1896091200",
            "2030-01-31",
            "2030-01-31T12:00:00",
            "2030-02-30T12:00:00Z",
            "2030-01-31T25:00:00Z",
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.is_invalid_response(), "{text}");
            assert!(error.to_string().contains("expires_at_rfc3339"), "{error}");
        }
    }

    #[test]
    fn members_of_another_type() {
        let token = OAuthToken::new("token").unwrap();
        assert!(stated_in(&token).unwrap().is_none());
        assert!(stated_in(&token.clone().with_extra(MEMBER, Value::Null)).unwrap().is_none());
        assert!(stated_in(&token.with_extra(MEMBER, 1_896_091_200)).is_err());
    }
}
