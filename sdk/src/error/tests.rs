use std::time::Duration;

use super::*;

#[test]
fn an_error_that_needs_a_person_promises_no_next_try() {
    let wait = Duration::from_secs(30);
    let login = Error::login_required("log in again").with_retry_after(wait);
    assert_eq!(login.to_string(), "log in again");
    assert_eq!(login.retry_after(), Some(wait));
    let temporary = Error::temporary("busy").with_retry_after(wait);
    assert_eq!(temporary.to_string(), "busy (next try in 30.0 s)");
}

#[test]
fn no_message_breaks_the_line_or_is_endless() {
    let hostile = format!("the issuer is \u{202e}evil\n{}", "x".repeat(100_000));
    for error in [
        Error::configuration(hostile.clone()),
        Error::invalid_response(hostile.clone()),
        Error::new(Kind::Security, hostile.clone()),
    ] {
        let said = format!("{error}{error:?}");
        assert!(!said.contains(['\u{202e}', '\n']) && said.len() < 10_000, "{}", said.len());
    }
}
