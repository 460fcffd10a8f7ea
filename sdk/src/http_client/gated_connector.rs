use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use tower_layer::Layer;
use tower_service::Service;

use crate::sending;

/// Hands out a connection, with TLS if it has any, when [`about_to_send`](sending::about_to_send) lets the request pass.
///
/// With an HTTP client that keeps no connections this is polled by the task that sends, right before the request's bytes leave.
#[derive(Clone, Copy, Debug)]
pub(super) struct SendGate;

#[derive(Clone, Debug)]
pub(super) struct GatedConnector<S>(S);

impl<S> Layer<S> for SendGate {
    type Service = GatedConnector<S>;

    fn layer(&self, inner: S) -> Self::Service {
        GatedConnector(inner)
    }
}

type BoxError = Box<dyn std::error::Error + Send + Sync>;

impl<S, R> Service<R> for GatedConnector<S>
where
    S: Service<R, Error = BoxError>,
    S::Response: Send + 'static,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, to: R) -> Self::Future {
        let connecting = self.0.call(to);
        Box::pin(async move {
            let connection = connecting.await?;
            sending::about_to_send().await?;
            Ok(connection)
        })
    }
}
