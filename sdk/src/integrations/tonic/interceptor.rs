use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use tonic::metadata::MetadataMap;
use tonic::service::Interceptor;
use tonic::{Request, Status};

use super::status_of;
use crate::credentials::{Credentials, IntoCredentials};
use crate::error::Error;

/// Adds the token to each call of a client: `HealthClient::with_interceptor(channel, AuthorizationInterceptor::new(&credentials))`.
///
/// An interceptor cannot wait, and sees neither where a call goes nor what is answered. So it takes the token that is there: get the first
/// one before by [`Credentials::token`], and spawn [`Credentials::keep_fresh`] where calls are rare. The layer on the channel has none of
/// these limits: see the [module](super).
///
/// **The token goes wherever the channel leads**: give the interceptor to clients of that API alone.
///
/// ```
/// use grantkit::integrations::tonic::AuthorizationInterceptor;
/// use tonic::service::interceptor::InterceptedService;
///
/// # async fn example<C>(channel: C, credentials: grantkit::Credentials) -> grantkit::Result<()> {
/// credentials.token().await?;
/// let channel = InterceptedService::new(channel, AuthorizationInterceptor::new(&credentials));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// The call fails with `UNAVAILABLE` while the token is being requested, which the call has begun if need be; else with the
/// [status of the error](status_of()) for which there is none.
#[derive(Clone, Debug)]
pub struct AuthorizationInterceptor {
    credentials: Credentials,
}

impl AuthorizationInterceptor {
    /// An interceptor with these credentials.
    pub fn new(credentials: impl IntoCredentials) -> Self {
        Self { credentials: credentials.into_credentials() }
    }
}

impl Interceptor for AuthorizationInterceptor {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        // A request for a token goes on without its caller.
        let headers = pin!(self.credentials.headers());
        let headers = match headers.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(headers) => headers.map_err(status_of)?,
            Poll::Pending => {
                return Err(status_of(Error::temporary(
                    "the token is being requested, and an interceptor cannot wait for it: call `credentials.token().await` before the \
                     first call, or use `AuthorizationLayer`",
                )));
            }
        };
        let mut metadata = std::mem::take(request.metadata_mut()).into_headers();
        headers.apply(&mut metadata);
        *request.metadata_mut() = MetadataMap::from_headers(metadata);
        Ok(request)
    }
}
