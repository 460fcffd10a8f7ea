use std::borrow::Cow;

use http::StatusCode;

use crate::error::{Error, Fault, OAuthFailure};

/// `error.type`: a word for the class of an error, of a fixed list. Never a server's own text.
pub(super) fn class(error: &Error) -> Cow<'static, str> {
    let word = match error.fault() {
        Fault::Configuration => "configuration",
        Fault::Connect => "connect",
        Fault::Tls => "tls",
        Fault::Timeout => "timeout",
        Fault::Interrupted => "interrupted",
        Fault::InvalidResponse => "invalid_response",
        Fault::Security => "security",
        Fault::LoginRequired => "login_required",
        Fault::Unsupported => "unsupported",
        Fault::TokenExpired => "token_expired",
        Fault::Temporary => "temporary",
        Fault::OAuth => match error.oauth_code() {
            Some(code) if OAuthFailure::is_registered(code) => return code.to_owned().into(),
            _ => "oauth",
        },
        Fault::Status | Fault::Api => match error.status() {
            Some(status) => return status_class(status),
            None => "status",
        },
    };
    word.into()
}

/// The class of an answer that is an error: its status, as OpenTelemetry wants it for HTTP.
pub(super) fn status_class(status: StatusCode) -> Cow<'static, str> {
    status.as_str().to_owned().into()
}

/// The status with which an exchange ended, if there was an answer.
pub(super) fn status_of_end(end: &Result<StatusCode, &Error>) -> Option<StatusCode> {
    end.map_or_else(Error::status, Some)
}

/// The class of the end of an exchange, if it did not end well.
pub(super) fn class_of_end(end: &Result<StatusCode, &Error>) -> Option<Cow<'static, str>> {
    match end {
        Ok(status) if status.is_client_error() || status.is_server_error() => Some(status_class(*status)),
        Ok(_) => None,
        Err(error) => Some(class(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::ServerText;

    #[test]
    fn what_a_server_made_up_is_no_class() {
        let oauth = |code: &str| {
            Error::oauth(
                OAuthFailure { code: ServerText::new(code), description: None, uri: None },
                Some(StatusCode::BAD_REQUEST),
            )
        };
        assert_eq!(class(&oauth("invalid_grant")), "invalid_grant");
        assert_eq!(class(&oauth("user-4711-is-gone")), "oauth");
        let status = |status| Error::new(Fault::Status, "it failed").with_status(status);
        assert_eq!(class(&status(StatusCode::BAD_GATEWAY)), "502");
        assert_eq!(class(&Error::temporary("later")), "temporary");
    }

    #[test]
    fn a_redirect_is_no_error_and_what_fails_is() {
        assert_eq!(class_of_end(&Ok(StatusCode::NOT_MODIFIED)), None);
        assert_eq!(class_of_end(&Ok(StatusCode::UNAUTHORIZED)).as_deref(), Some("401"));
        assert_eq!(class_of_end(&Err(&Error::new(Fault::Timeout, "late"))).as_deref(), Some("timeout"));
    }
}
