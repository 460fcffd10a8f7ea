//! Whether a request that failed may be sent again: at once by the transport, or later by the caller.

use http::StatusCode;

use super::{ApiRejection, Delivery, Error, Fault, Incident, OAuthFailure, StatusClass};

/// How a try to send a request failed, for the transport, which knows what the request spends and may send it again at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FailedTry {
    /// The server has not seen it, and the next connection may be made.
    NotSent,
    /// 429: the server has not acted, and may say when to come back (`Retry-After`).
    RateLimited,
    /// 503: likewise, and the next moment may do.
    Unavailable,
    /// The connection broke: the server may have acted.
    Lost,
    /// The server, or its gateway, answered that it failed; the next moment, or another server behind the same name, may do
    /// better.
    ServerError,
    /// Sending it again at once is no use, or would take too long: the outcome stands.
    Final,
}

impl FailedTry {
    pub(crate) fn of_error(error: &Error) -> Self {
        match (error.fault(), error.delivery()) {
            (Fault::Connect | Fault::Interrupted, Delivery::NotSent) => Self::NotSent,
            (Fault::Interrupted, _) if error.inner.incident != Some(Incident::NotHttp) => Self::Lost,
            _ => Self::Final,
        }
    }

    /// By the status of an answer, of success or not.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match StatusClass::of(status) {
            StatusClass::RateLimited => Self::RateLimited,
            StatusClass::Unavailable => Self::Unavailable,
            StatusClass::GatewayLostServer | StatusClass::ServerError => Self::ServerError,
            StatusClass::NoError
            | StatusClass::RequestTimeout
            | StatusClass::NotThere
            | StatusClass::BadRequest
            | StatusClass::Unauthorized
            | StatusClass::Forbidden
            | StatusClass::Other => Self::Final,
        }
    }
}

impl Error {
    /// The same call may succeed later, unchanged. After a refresh whose answer was lost it may also say that it
    /// [needs a login](Self::needs_login).
    pub fn is_retryable(&self) -> bool {
        match self.fault() {
            Fault::Connect | Fault::Timeout | Fault::Interrupted | Fault::Temporary => true,
            Fault::OAuth => {
                self.inner.oauth.as_ref().is_some_and(OAuthFailure::is_temporary) || self.is_passing_status()
            }
            Fault::Status | Fault::Api => self.may_status_pass(),
            Fault::Tls
            | Fault::Configuration
            | Fault::Unsupported
            | Fault::InvalidResponse
            | Fault::Security
            | Fault::LoginRequired
            | Fault::TokenExpired => false,
        }
    }

    /// An overloaded or failing server that says so in an OAuth error of its own making.
    pub(super) fn is_passing_status(&self) -> bool {
        self.may_status_pass() && !self.needs_login() && !self.is_configuration()
    }

    fn may_status_pass(&self) -> bool {
        self.status().is_some_and(|status| StatusClass::of(status).may_pass())
    }
}

impl ApiRejection {
    /// Whether the same call may succeed later.
    pub(super) fn is_retryable(&self) -> bool {
        match self {
            Self::Again | Self::TooSoon | Self::NonceNotGiven => false,
            Self::BodySpent | Self::NonceAskedBodySpent | Self::NonceAskedAgain => true,
            Self::NotRenewed(error) => error.is_retryable(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(code: u16) -> StatusCode {
        StatusCode::from_u16(code).unwrap()
    }

    #[test]
    fn connection_broken_before_sending_is_retried_whatever_is_spent() {
        let broken = Error::new(Fault::Interrupted, "the connection broke");
        assert_eq!(FailedTry::of_error(&broken), FailedTry::Lost);
        assert_eq!(FailedTry::of_error(&broken.not_sent()), FailedTry::NotSent);
        assert_eq!(FailedTry::of_error(&Error::new(Fault::Connect, "no route")), FailedTry::NotSent);
    }

    #[test]
    fn an_outcome_stands_where_the_next_try_is_no_better() {
        for error in [
            Error::new(Fault::Tls, "another CA"),
            Error::new(Fault::Timeout, "no answer"),
            Error::new(Fault::Interrupted, "no HTTP").with_incident(Incident::NotHttp),
            Error::temporary("the circuit is open").not_sent(),
            Error::configuration("no key"),
        ] {
            assert_eq!(FailedTry::of_error(&error), FailedTry::Final, "{error:?}");
        }
    }

    #[test]
    fn status_means_the_same_to_transport_callers_and_refresh() {
        let rows = [
            (200, FailedTry::Final, false, Delivery::Rejected),
            (400, FailedTry::Final, false, Delivery::Rejected),
            (404, FailedTry::Final, false, Delivery::Rejected),
            (408, FailedTry::Final, true, Delivery::Rejected),
            (429, FailedTry::RateLimited, true, Delivery::Rejected),
            (500, FailedTry::ServerError, true, Delivery::Rejected),
            (501, FailedTry::Final, false, Delivery::Rejected),
            (502, FailedTry::ServerError, true, Delivery::Unknown),
            (503, FailedTry::Unavailable, true, Delivery::Rejected),
            (504, FailedTry::ServerError, true, Delivery::Unknown),
            (507, FailedTry::ServerError, true, Delivery::Rejected),
            (522, FailedTry::ServerError, true, Delivery::Unknown),
        ];
        for (code, next, is_retryable, delivery) in rows {
            let error = Error::new(Fault::Status, "a page").with_status(status(code));
            assert_eq!(FailedTry::of_status(status(code)), next, "{code}");
            assert_eq!((error.is_retryable(), error.delivery()), (is_retryable, delivery), "{code}");
        }
    }
}
