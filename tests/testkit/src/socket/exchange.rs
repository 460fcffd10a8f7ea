//! One request and its answer, with the fault that waits for it.

use std::sync::Arc;

use axum::body::Body;
use axum::response::IntoResponse as _;
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use hyper::service::Service as _;
use hyper_util::service::TowerToHyperService;
use serde_json::Value;

use super::Site;
use super::body::{AnswerBody, Cut};
use crate::fault::{Change, Delivery, Fault, Processing};
use crate::recorded_request::RecordedRequest;

/// More than any test sends; a server that reads without end would hide a client's mistake.
const MAX_REQUEST_BODY: usize = 64 << 20;

/// Answers a request; an error closes the connection without an answer.
pub(super) async fn answer(site: Arc<Site>, request: Request<Incoming>) -> Result<Response<AnswerBody>, Cut> {
    let (head, body) = request.into_parts();
    let Ok(body) = Limited::new(body, MAX_REQUEST_BODY).collect().await else { return Err(Cut) };
    let body = body.to_bytes();

    let recorded = Arc::new(RecordedRequest {
        method: head.method.clone(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(ToOwned::to_owned),
        headers: head.headers.clone(),
        body: body.clone(),
    });
    (site.arrived)(&recorded);
    site.recorder.record(recorded);

    let fault = site.faults.take(head.uri.path());
    let request = Request::from_parts(head, Body::from(body));
    match fault {
        None => Ok(process(&site, request).await.map(AnswerBody::whole)),
        Some(fault) => {
            (site.faulted)();
            go_wrong(&site, request, fault).await
        }
    }
}

async fn process(site: &Site, request: Request<Body>) -> Response<Body> {
    match TowerToHyperService::new(site.router.clone()).call(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

async fn go_wrong(site: &Site, request: Request<Body>, fault: Fault) -> Result<Response<AnswerBody>, Cut> {
    if !fault.delay.is_zero() {
        tokio::time::sleep(fault.delay).await;
    }
    if let Delivery::Dropped = fault.delivery {
        return Err(Cut);
    }
    let response = match fault.processing {
        Processing::Usual => process(site, request).await,
        Processing::Skipped(status) => status.into_response(),
    };
    if !fault.answer_delay.is_zero() {
        tokio::time::sleep(fault.answer_delay).await;
    }
    if let Delivery::Lost = fault.delivery {
        return Err(Cut);
    }

    let (mut head, body) = response.into_parts();
    let mut body = match body.collect().await {
        Ok(body) => body.to_bytes(),
        Err(_) => return Ok(failed()),
    };
    match fault.change {
        Change::None => {}
        Change::Replace(replacement) => {
            head.headers.insert(CONTENT_TYPE, replacement.content_type);
            body = replacement.bytes;
        }
        Change::Edit(edit) => {
            if let Ok(mut json) = serde_json::from_slice::<Value>(&body) {
                (edit.0)(&mut json);
                body = Bytes::from(json.to_string());
            }
        }
    }
    for name in fault.headers.keys() {
        head.headers.remove(name);
    }
    for (name, value) in &fault.headers {
        head.headers.append(name, value.clone());
    }
    // hyper writes it, from the body's own length.
    head.headers.remove(CONTENT_LENGTH);
    Ok(Response::from_parts(head, AnswerBody::delivered(body, fault.delivery)))
}

fn failed() -> Response<AnswerBody> {
    let mut response = Response::new(AnswerBody::whole(Body::empty()));
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response
}
