use super::Error;

/// What a caller can do about an [`Error`], as [`Error::kind`] says it.
///
/// Each error is of one kind. What happened is told by its text and by the questions of [`Error`]; the kind is for what decides between
/// ways to go on: a status to answer with, an exit code, another library's error.
///
/// ```
/// use grantkit::Error;
/// use grantkit::error::ErrorKind;
/// use http::StatusCode;
///
/// /// What a web application answers with.
/// fn status(error: &Error) -> StatusCode {
///     match error.kind() {
///         ErrorKind::LoginRequired => StatusCode::UNAUTHORIZED,
///         ErrorKind::Denied => StatusCode::FORBIDDEN,
///         ErrorKind::Security => StatusCode::BAD_REQUEST,
///         ErrorKind::Temporary => StatusCode::SERVICE_UNAVAILABLE,
///         ErrorKind::Configuration => StatusCode::INTERNAL_SERVER_ERROR,
///         _ => StatusCode::BAD_GATEWAY,
///     }
/// }
///
/// assert_eq!(status(&Error::temporary("the server is busy")), StatusCode::SERVICE_UNAVAILABLE);
/// assert_eq!(status(&Error::login_required("the login has ended")), StatusCode::UNAUTHORIZED);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A person has to log in (again): [`needs_login`](Error::needs_login).
    LoginRequired,
    /// The person, or the server on their behalf, refused: [`is_denied`](Error::is_denied). To ask again at once is no use.
    Denied,
    /// The configuration of the program, or of the client at the server, has to be fixed first:
    /// [`is_configuration`](Error::is_configuration).
    Configuration,
    /// What came must not be accepted, as it would be unsafe: [`is_security`](Error::is_security). Do not go on with it.
    Security,
    /// The same call may succeed later, unchanged: [`is_retryable`](Error::is_retryable), not before
    /// [`retry_after`](Error::retry_after).
    Temporary,
    /// The server's answer is not valid: [`is_invalid_response`](Error::is_invalid_response). The fault is the server's, or that of what
    /// stands before it.
    InvalidResponse,
    /// The server refused the request, and will again: another status or code than the kinds above stand for, as an API's 404; or it was not
    /// asked, as it would refuse a token that [has ended](Error::is_token_expired). Its
    /// [`status`](Error::status), [`oauth_code`](Error::oauth_code) and [`step_up`](Error::step_up) say more.
    Rejected,
}

impl Error {
    /// What can be done about it, for a `match` in place of a chain of questions.
    ///
    /// Where more than one question is answered with yes, as where the server refuses a refresh token with `access_denied`, a login comes
    /// first, since it mends that.
    pub fn kind(&self) -> ErrorKind {
        if self.needs_login() {
            ErrorKind::LoginRequired
        } else if self.is_denied() {
            ErrorKind::Denied
        } else if self.is_configuration() {
            ErrorKind::Configuration
        } else if self.is_security() {
            ErrorKind::Security
        } else if self.is_retryable() {
            ErrorKind::Temporary
        } else if self.is_invalid_response() {
            ErrorKind::InvalidResponse
        } else {
            ErrorKind::Rejected
        }
    }
}

#[cfg(test)]
mod tests {
    use http::StatusCode;

    use super::*;
    use crate::error::{Fault, Incident, OAuthFailure};
    use crate::text::ServerText;

    fn oauth(code: &str, status: u16) -> Error {
        let failure = OAuthFailure { code: ServerText::new(code), description: None, uri: None };
        Error::oauth(failure, StatusCode::from_u16(status).ok())
    }

    /// As the answer of a server is read that refuses what it was given.
    fn refused(code: &str) -> Error {
        oauth(code, 400).with_incident(Incident::Refused)
    }

    fn status(fault: Fault, code: u16) -> Error {
        Error::new(fault, "a page").with_status(StatusCode::from_u16(code).unwrap())
    }

    /// Every fault, those of a server with each class of what it says.
    fn errors() -> Vec<(Error, ErrorKind)> {
        let mut all: Vec<_> = [
            (Fault::Configuration, ErrorKind::Configuration),
            (Fault::Unsupported, ErrorKind::Configuration),
            (Fault::Tls, ErrorKind::Configuration),
            (Fault::Connect, ErrorKind::Temporary),
            (Fault::Timeout, ErrorKind::Temporary),
            (Fault::Interrupted, ErrorKind::Temporary),
            (Fault::Temporary, ErrorKind::Temporary),
            (Fault::InvalidResponse, ErrorKind::InvalidResponse),
            (Fault::Security, ErrorKind::Security),
            (Fault::LoginRequired, ErrorKind::LoginRequired),
            (Fault::TokenExpired, ErrorKind::Rejected),
        ]
        .map(|(fault, kind)| (Error::new(fault, "it failed"), kind))
        .into();
        for fault in [Fault::Status, Fault::Api] {
            all.push((status(fault, 404), ErrorKind::Rejected));
            all.push((status(fault, 503), ErrorKind::Temporary));
        }
        all.extend([
            (oauth("invalid_grant", 400), ErrorKind::LoginRequired),
            (oauth("access_denied", 400), ErrorKind::Denied),
            (oauth("invalid_client", 401), ErrorKind::Configuration),
            (oauth("temporarily_unavailable", 400), ErrorKind::Temporary),
            (oauth("invalid_client", 500), ErrorKind::Temporary),
            (oauth("of_their_own", 429), ErrorKind::Temporary),
            (oauth("of_their_own", 400), ErrorKind::Rejected),
            (refused("access_denied").of_grant("refresh_token"), ErrorKind::LoginRequired),
        ]);
        all
    }

    #[test]
    fn an_error_has_the_kind_that_its_questions_say() {
        for (error, kind) in errors() {
            assert_eq!(error.kind(), kind, "{error:?}");
            assert_eq!(error.needs_login(), kind == ErrorKind::LoginRequired, "{error:?}");
            assert_eq!(error.is_configuration(), kind == ErrorKind::Configuration, "{error:?}");
            assert_eq!(error.is_security(), kind == ErrorKind::Security, "{error:?}");
            assert_eq!(error.is_retryable(), kind == ErrorKind::Temporary, "{error:?}");
            assert_eq!(error.is_invalid_response(), kind == ErrorKind::InvalidResponse, "{error:?}");
        }
    }
}
