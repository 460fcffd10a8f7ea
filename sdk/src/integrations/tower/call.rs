//! A request that is authorised, and sent once more if the token was rejected (401).

use std::future::poll_fn;
use std::sync::Arc;

use http::request::Parts;
use http::{Request, Response, StatusCode};
use tower_service::Service;

use super::destination::url_of;
use super::{BoxError, Replay};
use crate::api::Base;
use crate::credentials::{Answer, AuthorizationHeaders, Disposition};
use crate::integrations::authorizer::{Authorizer, Exchange, Resend};

/// A request with its headers, and a copy without them if it can be sent again.
pub(super) fn authorised<B, R: Replay<B>>(
    request: Request<B>,
    headers: AuthorizationHeaders,
    replay: &R,
) -> (Request<B>, Option<Copy<R::Kept>>) {
    let (mut parts, body) = request.into_parts();
    let (body, kept) = replay.keep(body);
    let copy = kept.map(|body| Copy { parts: parts.clone(), body });
    headers.apply(&mut parts.headers);
    (Request::from_parts(parts, body), copy)
}

/// What a request is made of once more.
pub(super) struct Copy<K> {
    parts: Parts,
    body: K,
}

impl<K> Copy<K> {
    /// `None` of a body that is spent.
    fn again<B, R: Replay<B, Kept = K>>(&self, base: &Base, replay: &R) -> Option<Resend<Request<B>>> {
        let body = replay.again(&self.body)?;
        let url = url_of(base, &self.parts.uri).ok()?;
        let request = Request::from_parts(self.parts.clone(), body);
        Some(Resend { method: self.parts.method.clone(), url, request })
    }
}

/// A request under way, and what another try needs.
pub(super) struct Call<S, K, R> {
    pub(super) service: S,
    pub(super) authorizer: Arc<Authorizer>,
    pub(super) replay: R,
    pub(super) headers: AuthorizationHeaders,
    pub(super) copy: Option<Copy<K>>,
}

/// There is no token yet, or it needs a proof.
pub(super) async fn cold<S, B, C, R>(
    mut service: S,
    authorizer: Arc<Authorizer>,
    replay: R,
    request: Request<B>,
) -> Result<Response<C>, BoxError>
where
    S: Service<Request<B>, Response = Response<C>>,
    S::Error: Into<BoxError>,
    R: Replay<B>,
{
    let url = url_of(authorizer.base(), request.uri()).map_err(|error| replay.error(error))?;
    let headers = authorizer.credentials().headers_for(request.method(), &url).await;
    let headers = headers.map_err(|error| replay.error(error))?;
    let (request, copy) = authorised(request, headers.clone(), &replay);
    let response = service.call(request).await.map_err(Into::into)?;
    Call { service, authorizer, replay, headers, copy }.after(response).await
}

impl<S, K, R> Call<S, K, R> {
    pub(super) fn is_rejected<C>(&self, response: &Response<C>) -> bool {
        let answer = Answer { sent: &self.headers, status: status_of(response), headers: response.headers() };
        answer.disposition(self.authorizer.credentials()) != Disposition::Accepted
    }

    /// Until the API has looked at the request, or nothing more can be done about how it is authorised.
    pub(super) async fn after<B, C>(mut self, mut response: Response<C>) -> Result<Response<C>, BoxError>
    where
        S: Service<Request<B>, Response = Response<C>>,
        S::Error: Into<BoxError>,
        R: Replay<B, Kept = K>,
    {
        let authorizer = self.authorizer;
        let mut exchange = Exchange::new(authorizer.credentials(), self.headers);
        loop {
            let status = status_of(&response);
            let Some(disposition) = exchange.rejection(status, response.headers()) else { return Ok(response) };
            let copy = self.copy.as_ref().and_then(|copy| copy.again(authorizer.base(), &self.replay));
            let next = exchange.renew(disposition, status, response.headers(), copy).await;
            let next = next.map_err(|error| self.replay.error(error))?;
            let Some(mut request) = next else { return Ok(response) };
            exchange.sent().clone().apply(request.headers_mut());
            drop(response);
            poll_fn(|cx| self.service.poll_ready(cx)).await.map_err(Into::into)?;
            response = self.service.call(request).await.map_err(Into::into)?;
        }
    }
}

/// gRPC answers 200 whatever comes of the call, and says so in a header if nothing else comes; 16 is `UNAUTHENTICATED`.
fn status_of<C>(response: &Response<C>) -> StatusCode {
    let is_rejected = || response.headers().get("grpc-status").is_some_and(|code| code == "16");
    if response.status() == StatusCode::OK && is_rejected() { StatusCode::UNAUTHORIZED } else { response.status() }
}
