use http::StatusCode;

use super::Delivery;

/// What the status of a failed request says, where nothing else of the answer says more.
///
/// Statuses are compared with numbers here alone; what follows from one is asked of its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StatusClass {
    /// 1xx to 3xx.
    NoError,
    /// 429: the client has sent too many requests (RFC 6585 §4).
    RateLimited,
    /// 503: overloaded, or under maintenance (RFC 9110 §15.6.4).
    Unavailable,
    /// 502, 504, and 520 to 530 (Cloudflare): a gateway has lost the server's answer (RFC 9110 §15.6.3, §15.6.5).
    GatewayLostServer,
    /// 408: the request took too long to arrive (RFC 9110 §15.5.9).
    RequestTimeout,
    /// Any other 5xx but 501: it is the server that failed.
    ServerError,
    /// 404, 405, 410: no resource is there, or none that takes such a request.
    NotThere,
    /// 400, 422: the content of the request is refused.
    BadRequest,
    /// 401.
    Unauthorized,
    /// 403, 409.
    Forbidden,
    /// Any other, 501 among them.
    Other,
}

impl StatusClass {
    pub(crate) fn of(status: StatusCode) -> Self {
        match status.as_u16() {
            ..400 => Self::NoError,
            400 | 422 => Self::BadRequest,
            401 => Self::Unauthorized,
            403 | 409 => Self::Forbidden,
            404 | 405 | 410 => Self::NotThere,
            408 => Self::RequestTimeout,
            429 => Self::RateLimited,
            503 => Self::Unavailable,
            502 | 504 | 520..=530 => Self::GatewayLostServer,
            500 | 505..600 => Self::ServerError,
            _ => Self::Other,
        }
    }

    /// Whether a server that answers with this error status has acted on the request.
    ///
    /// One that says 500 or 503 has not: a login survives a deployment of the server.
    pub(super) fn delivery(self) -> Delivery {
        match self {
            Self::GatewayLostServer => Delivery::Unknown,
            Self::NoError
            | Self::RateLimited
            | Self::Unavailable
            | Self::RequestTimeout
            | Self::ServerError
            | Self::NotThere
            | Self::BadRequest
            | Self::Unauthorized
            | Self::Forbidden
            | Self::Other => Delivery::Rejected,
        }
    }

    /// Whether the same request may succeed later.
    pub(super) fn may_pass(self) -> bool {
        match self {
            Self::RateLimited
            | Self::Unavailable
            | Self::GatewayLostServer
            | Self::RequestTimeout
            | Self::ServerError => true,
            Self::NoError | Self::NotThere | Self::BadRequest | Self::Unauthorized | Self::Forbidden | Self::Other => {
                false
            }
        }
    }

    /// Whether the server, or the gateway before it, says that the server is down: what a circuit breaker counts.
    pub(crate) fn is_down(self) -> bool {
        matches!(self, Self::Unavailable | Self::GatewayLostServer)
    }

    /// Whether it is not the server that refuses the content of the request, but something before it: a token endpoint has no web page
    /// to show (`is_page`).
    ///
    /// It may have lost the server's answer, as a gateway does. Where a page comes with 401, 403 or 404, the request was stopped before
    /// the server: a firewall or a proxy that wants a login decides before it passes anything on.
    pub(crate) fn is_of_a_gateway(self, is_page: bool) -> bool {
        is_page && self == Self::BadRequest
    }

    /// Whether the server refused what it was given, without the words of OAuth: by a status that RFC 6749 §5.2 has for that, or 422.
    ///
    /// Not where a page says so (`is_page`), since firewalls do that by 401, and not where the client did not authenticate
    /// (`is_challenge`: the answer has `WWW-Authenticate`, RFC 9110 §15.5.2).
    pub(crate) fn refuses_content(self, is_page: bool, is_challenge: bool) -> bool {
        match self {
            Self::BadRequest => !is_page,
            Self::Unauthorized => !is_page && !is_challenge,
            _ => false,
        }
    }

    /// The same where it did so by an error code that is not known here.
    pub(crate) fn refuses_by_own_code(self, is_challenge: bool) -> bool {
        matches!(self, Self::NoError | Self::Forbidden) || self.refuses_content(false, is_challenge)
    }

    /// Whether it is not the authorization server that answers so without an OAuth error, but as a rule something before it: a gateway, a
    /// firewall, a service mesh.
    pub(crate) fn is_from_before_the_server(self, status: StatusCode, is_page: bool) -> bool {
        match self {
            Self::Forbidden | Self::NotThere => true,
            Self::Unauthorized => is_page,
            Self::Other => status.is_client_error(),
            _ => false,
        }
    }
}
