use http::Request;

/// What a request is sent to, in the words of the metadata document (RFC 8414 §2). A path would say little more, and could
/// hold what is not to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Endpoint {
    Token,
    PushedAuthorizationRequest,
    DeviceAuthorization,
    BackchannelAuthentication,
    Revocation,
    Introspection,
    Userinfo,
    Registration,
    #[allow(dead_code, reason = "the feature `oidc` fetches them")]
    KeySet,
    Metadata,
    /// A protected API.
    Resource,
    /// Of the requests that `oauth2` and `openidconnect` build.
    Other,
}

#[cfg(any(feature = "tracing", feature = "metrics"))]
impl Endpoint {
    /// Notes on the request where it goes.
    pub(crate) fn mark<T>(self, request: &mut Request<T>) {
        request.extensions_mut().insert(self);
    }

    pub(crate) fn of<T>(request: &Request<T>) -> Self {
        request.extensions().get().copied().unwrap_or(Self::Other)
    }

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::PushedAuthorizationRequest => "pushed_authorization_request",
            Self::DeviceAuthorization => "device_authorization",
            Self::BackchannelAuthentication => "backchannel_authentication",
            Self::Revocation => "revocation",
            Self::Introspection => "introspection",
            Self::Userinfo => "userinfo",
            Self::Registration => "registration",
            Self::KeySet => "jwks",
            Self::Metadata => "metadata",
            Self::Resource => "resource",
            Self::Other => "other",
        }
    }
}

#[cfg(not(any(feature = "tracing", feature = "metrics")))]
#[allow(clippy::unused_self, reason = "the calls are those above")]
impl Endpoint {
    #[inline]
    pub(crate) fn mark<T>(self, _: &mut Request<T>) {}

    #[inline]
    pub(crate) fn of<T>(_: &Request<T>) -> Self {
        Self::Other
    }
}
