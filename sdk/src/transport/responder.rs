use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};

use crate::error::{Error, Result};

/// Answers requests within the program, in place of a network: for simulated time, and for tests without sockets.
///
/// Limits, circuit breakers and retry rules apply as for answers from a network.
///
/// ```
/// use grantkit::prelude::*;
/// use grantkit::transport::{Responder, Transport};
///
/// struct Always;
///
/// #[async_trait]
/// impl Responder for Always {
///     async fn respond(&self, request: http::Request<bytes::Bytes>) -> http::Response<Vec<u8>> {
///         assert_eq!(request.uri(), "https://as.example/token");
///         http::Response::new(br#"{"access_token":"t","token_type":"Bearer","expires_in":3600}"#.to_vec())
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let transport = Transport::builder().responder(Always).build()?;
/// let client = Client::builder()
///     .client_id("billing")
///     .client_secret_basic("s3cret")
///     .token_endpoint("https://as.example/token")?
///     .transport(transport)
///     .build();
/// assert_eq!(client.client_credentials().get_token().await?.access_token().secret(), "t");
/// # Ok(())
/// # }
/// ```
#[async_trait]
pub trait Responder: Send + Sync + 'static {
    /// The answer to a request.
    async fn respond(&self, request: Request<Bytes>) -> Response<Vec<u8>>;
}

#[async_trait]
impl<T: Responder + ?Sized> Responder for Arc<T> {
    async fn respond(&self, request: Request<Bytes>) -> Response<Vec<u8>> {
        (**self).respond(request).await
    }
}

pub(super) async fn ask(responder: &dyn Responder, request: reqwest::Request) -> Result<reqwest::Response> {
    let unusable = |error| Error::configuration("the request cannot be answered within the program").with_source(error);
    let body = request.body().and_then(reqwest::Body::as_bytes).map(Bytes::copy_from_slice).unwrap_or_default();
    let request = Request::<reqwest::Body>::try_from(request).map_err(unusable)?.map(|_| body);
    Ok(responder.respond(request).await.into())
}
