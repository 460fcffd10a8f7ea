//! Metadata documents of any kind: fetched, limited, read.

use http::header::ACCEPT;
use http::{HeaderValue, Request, StatusCode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::error::{Error, Kind, Result};
use crate::telemetry::Endpoint;
use crate::text::ServerText;
use crate::transport::{Answer, Transport};
use crate::wire::{EndpointUrl, PlainHttp, retry_after};

/// Servers say so in more than one way.
pub(super) fn is_absent(status: StatusCode) -> bool {
    matches!(status, StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED | StatusCode::GONE)
}

pub(super) async fn get(location: &str, transport: &Transport, plain_http: PlainHttp) -> Result<Answer> {
    let mut request = Request::new(Vec::new());
    *request.uri_mut() = EndpointUrl::parse("metadata URL", location, plain_http)?.uri()?;
    request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
    Endpoint::Metadata.mark(&mut request);
    transport.fetch_document(request).await
}

/// Reads the document; `hint` is what to ask oneself where there is none.
pub(super) fn read<T: DeserializeOwned>(location: &str, answer: &Answer, hint: &str) -> Result<T> {
    let place = ServerText::new(location);
    if !answer.status().is_success() {
        // There is none, or there is one that cannot be had now.
        let kind = if is_absent(answer.status()) { Kind::InvalidResponse } else { Kind::Status };
        let error =
            Error::new(kind, format!("no metadata at {place}: the server answered {}; {hint}", answer.status()));
        let error = error.with_status(answer.status());
        return Err(retry_after(answer.headers()).into_iter().fold(error, Error::with_retry_after));
    }
    let body = answer.body();
    serde_json::from_slice(body).map_err(|error| {
        let start = ServerText::new(&String::from_utf8_lossy(body));
        // serde_json's own message quotes values as they are.
        let at = format!("line {}, column {}", error.line(), error.column());
        Error::invalid_response(format!("the metadata at {place} is no such document ({at}): {start:?}"))
    })
}

/// A member of the wrong type counts as not there: what nobody asks for must not make the document useless.
pub(super) fn lenient<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: DeserializeOwned + Default,
    D: Deserializer<'de>,
{
    Ok(serde_json::from_value(Value::deserialize(deserializer)?).unwrap_or_default())
}
