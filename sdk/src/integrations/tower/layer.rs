use std::fmt;
use std::sync::Arc;

use tower_layer::Layer;

use super::{Authorization, ReplayEmpty};
use crate::credentials::IntoCredentials;
use crate::error::Result;
use crate::integrations::authorizer::Authorizer;

/// Authorises the requests of a `tower::Service` over `http::Request` that go below a base URL.
///
/// - Each such request gets the token; one that is bound to a key (DPoP, RFC 9449) goes with a proof, and with the nonce that the API
///   asks for.
/// - The token never leaves the base URL: a request elsewhere goes on as it is. A URI without a host, as tonic's clients have it, counts as
///   one of the base's server: put the layer above nothing that leads elsewhere, as a service that follows redirects does.
/// - If the API rejects the token (401, or gRPC's `UNAUTHENTICATED` in the head of the answer), it is refreshed once for all requests, and
///   the request is sent once more if its body can be: see [`Replay`](super::Replay).
/// - With a warm token a request costs no allocation, beyond a copy of its head where it could be sent again.
///
/// ```
/// # fn example<S>(hyper: S, credentials: grantkit::Credentials) -> grantkit::Result<()> {
/// use grantkit::integrations::tower::{AuthorizationLayer, ReplayCloned};
/// use tower::Layer;
///
/// let client = AuthorizationLayer::new("https://api.example/v1", &credentials)?
///     .replay(ReplayCloned) // bodies of `Full<Bytes>`
///     .layer(hyper);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// The service's error is a [`BoxError`](super::BoxError): the inner service's, or the [`Error`](crate::Error) for which there is no token,
/// which `downcast_ref` finds. A temporary failure to refresh a token that was rejected is none: the API's answer stands.
#[derive(Clone)]
pub struct AuthorizationLayer<R = ReplayEmpty> {
    authorizer: Arc<Authorizer>,
    replay: R,
}

impl AuthorizationLayer {
    /// Authorises requests to `base` and below it.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) where `base` is no `https` URL (or `http` on a loopback address), or has a user, a
    /// query or a fragment.
    pub fn new(base: &str, credentials: impl IntoCredentials) -> Result<Self> {
        Ok(Self { authorizer: Arc::new(Authorizer::new(base, credentials)?), replay: ReplayEmpty })
    }

    /// The same for a base URL of plain `http` on any host: an attacker on the network can read the token, and use it.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn danger_allow_plain_http(base: &str, credentials: impl IntoCredentials) -> Result<Self> {
        let authorizer = Authorizer::danger_allow_plain_http(base, credentials)?;
        Ok(Self { authorizer: Arc::new(authorizer), replay: ReplayEmpty })
    }
}

impl<R> AuthorizationLayer<R> {
    /// Sets which bodies can be sent a second time; [`ReplayEmpty`] unless set.
    pub fn replay<N>(self, replay: N) -> AuthorizationLayer<N> {
        AuthorizationLayer { authorizer: self.authorizer, replay }
    }
}

impl<S, R: Clone> Layer<S> for AuthorizationLayer<R> {
    type Service = Authorization<S, R>;

    fn layer(&self, service: S) -> Authorization<S, R> {
        Authorization::new(service, Arc::clone(&self.authorizer), self.replay.clone())
    }
}

impl<R> fmt::Debug for AuthorizationLayer<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthorizationLayer").field("base", &self.authorizer.base().as_str()).finish_non_exhaustive()
    }
}
