use std::time::Duration;

use super::*;

#[test]
fn error_that_no_try_can_mend_promises_no_next_try() {
    let wait = Duration::from_secs(30);
    let login = Error::login_required("log in again").with_retry_after(wait);
    assert_eq!(login.to_string(), "log in again");
    assert_eq!(login.retry_after(), Some(wait));
    let configuration = Error::configuration("the client ID is unknown").with_retry_after(wait);
    assert_eq!(configuration.to_string(), "the client ID is unknown");
    let temporary = Error::temporary("busy").with_retry_after(wait);
    assert_eq!(temporary.to_string(), "busy (next try in 30.0 s)");
}

#[test]
fn no_message_breaks_the_line_or_is_endless() {
    let hostile = format!("the issuer is \u{202e}evil\n{}", "x".repeat(100_000));
    for error in [
        Error::configuration(hostile.clone()),
        Error::invalid_response(hostile.clone()),
        Error::new(Fault::Security, hostile.clone()),
    ] {
        let said = format!("{error}{error:?}");
        assert!(!said.contains(['\u{202e}', '\n']) && said.len() < 10_000, "{}", said.len());
    }
}

#[test]
fn what_is_said_of_a_shared_error_is_kept_and_others_do_not_see_it() {
    let shared = Error::temporary("busy");
    let cause = std::io::Error::other("the disk is full");
    let changed =
        shared.clone().with_status(StatusCode::BAD_GATEWAY).with_source(cause).with_incident(Incident::Replay);
    assert_eq!(changed.status(), Some(StatusCode::BAD_GATEWAY));
    let source = std::error::Error::source(&changed).expect("its cause");
    assert_eq!(source.to_string(), "the disk is full");
    assert!(changed.is_retryable() && !changed.is_same(&shared));
    assert_eq!(shared.status(), None);
    assert!(std::error::Error::source(&shared).is_none());
}
