use super::{Error, Fault, Incident, StatusClass};

/// What is known of a request that failed: whether the server may have acted on it.
///
/// The one place that decides it: whatever may be sent once only (a refresh token, a code) asks here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delivery {
    /// The server has not seen it.
    NotSent,
    /// The server has answered, and has not acted on it.
    Rejected,
    /// It may have arrived, and the outcome is unknown.
    Unknown,
}

impl Error {
    /// Whether a web page came in place of an answer, of something before the server.
    pub(crate) fn is_of_gateway(&self) -> bool {
        self.inner.incident == Some(Incident::OfGateway)
    }

    /// Whether the server may have acted on the request that ended in this error.
    pub(crate) fn delivery(&self) -> Delivery {
        if self.was_not_sent() {
            return Delivery::NotSent;
        }
        // A gateway speaks for a server that it has lost, whatever the body says.
        let by_status = self.status().map(|status| StatusClass::of(status).delivery());
        if by_status == Some(Delivery::Unknown) || self.is_of_gateway() {
            return Delivery::Unknown;
        }
        match self.fault() {
            Fault::Configuration | Fault::Unsupported | Fault::Connect | Fault::Tls => Delivery::NotSent,
            // Of the last one an answer came, and could not be accepted: the server has acted all the same.
            Fault::Timeout | Fault::Interrupted | Fault::Security => Delivery::Unknown,
            // An answer of success that cannot be read.
            Fault::InvalidResponse if self.status().is_none_or(|status| status.is_success()) => Delivery::Unknown,
            Fault::InvalidResponse
            | Fault::Status
            | Fault::OAuth
            | Fault::LoginRequired
            | Fault::Temporary
            | Fault::Api
            | Fault::TokenExpired => Delivery::Rejected,
        }
    }
}

#[cfg(test)]
mod tests {
    use http::StatusCode;

    use super::*;
    use crate::error::OAuthFailure;

    fn status(code: u16) -> StatusCode {
        StatusCode::from_u16(code).unwrap()
    }

    #[test]
    fn gateway_answer_for_a_lost_server_leaves_the_outcome_unknown() {
        for code in [502, 504, 520, 521, 522, 523, 524, 530] {
            let failure =
                OAuthFailure { code: crate::text::ServerText::new("Gateway Timeout"), description: None, uri: None };
            let errors = [
                Error::oauth(failure, Some(status(code))),
                Error::new(Fault::Status, "a page").with_status(status(code)),
                Error::invalid_response("no JSON").with_status(status(code)),
            ];
            for error in errors {
                assert_eq!(error.delivery(), Delivery::Unknown, "{code} {error:?}");
                assert!(error.is_outcome_unknown());
            }
        }
    }

    #[test]
    fn the_server_has_acted_where_an_answer_of_success_cannot_be_used() {
        for error in [
            Error::invalid_response("no JSON").with_status(status(200)),
            Error::invalid_response("by a client by hand"),
            Error::new(Fault::Security, "another user"),
            Error::new(Fault::Timeout, "no answer"),
            Error::outcome_unknown("closed"),
        ] {
            assert_eq!(error.delivery(), Delivery::Unknown, "{error:?}");
        }
    }

    #[test]
    fn the_server_has_not_acted_where_it_says_so_or_was_not_reached() {
        for code in [400, 401, 429, 500, 503] {
            assert_eq!(Error::new(Fault::Status, "a page").with_status(status(code)).delivery(), Delivery::Rejected);
        }
        assert_eq!(Error::temporary("busy").delivery(), Delivery::Rejected);
        assert_eq!(Error::new(Fault::Connect, "refused").delivery(), Delivery::NotSent);
        assert_eq!(Error::configuration("no key").delivery(), Delivery::NotSent);
    }
}
