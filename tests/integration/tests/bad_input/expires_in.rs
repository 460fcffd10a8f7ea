//! `expires_in`, as servers write it and as they should not.

use std::time::Duration;

use grantkit::OAuthToken;

const CENTURY: u64 = 100 * 365 * 24 * 3600;

fn read(expires_in: &str) -> grantkit::Result<OAuthToken> {
    OAuthToken::from_response(
        format!(r#"{{"access_token":"t","token_type":"Bearer","expires_in":{expires_in}}}"#).as_bytes(),
    )
}

#[test]
fn numbers_and_strings_of_digits_are_seconds() {
    for (text, seconds) in [
        ("3600", 3600),
        ("\"3600\"", 3600),
        ("\" 3600 \"", 3600),
        ("3600.0", 3600),
        ("3599.999", 3599),
        ("\"3599.5\"", 3599),
        ("3.6e3", 3600),
        ("1", 1),
        ("0", 0),
        ("0.5", 0),
        ("-0.0", 0),
        ("\"0\"", 0),
        // Longer than any program runs: a century.
        ("4294967296000", CENTURY),
        ("18446744073709551615", CENTURY),
        ("184467440737095516150", CENTURY),
        ("1e300", CENTURY),
        ("\"99999999999999999999\"", CENTURY),
    ] {
        let token = read(text).unwrap();
        assert_eq!(token.expires_in(), Some(Duration::from_secs(seconds)), "{text}");
        assert!(token.expires_at().is_some());
        assert_eq!(token.is_expired(Duration::ZERO), seconds == 0, "{text}");
    }
}

/// It is optional (RFC 6749 §5.1), and of another type it counts as absent.
#[test]
fn what_is_no_number_is_no_expiry() {
    for text in [
        "null",
        "\"\"",
        "\"soon\"",
        "\"3600s\"",
        "\"0x10\"",
        "\"1_000\"",
        "\"+5\"",
        "\"NaN\"",
        "\"Infinity\"",
        "\"1e400\"",
        "true",
        "[]",
        "[3600]",
        "{}",
        "{\"seconds\":3600}",
    ] {
        let token = read(text).unwrap();
        assert_eq!((token.expires_in(), token.expires_at()), (None, None), "{text}");
        assert!(!token.is_expired(Duration::from_secs(u64::MAX)), "{text}");
    }
}

/// What came with it, a refresh token above all, is kept.
#[test]
fn a_negative_number_has_expired_rather_than_never() {
    for text in ["-1", "-0.001", "\"-3600\"", "\"-0.5\"", "-9223372036854775808", "-1e300"] {
        let token = read(text).unwrap();
        assert_eq!(token.expires_in(), Some(Duration::ZERO), "{text}");
        assert!(token.is_expired(Duration::ZERO), "{text}");
    }
}

#[test]
fn a_number_that_json_cannot_have_is_refused() {
    let error = read("1e400").unwrap_err();
    assert!(error.is_invalid_response(), "{error}");
}
