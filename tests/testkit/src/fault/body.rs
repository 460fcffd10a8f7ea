//! The body of a fault's answer.

use bytes::Bytes;
use http::HeaderValue;
use serde_json::Value;

/// A body and its content type, made `From` JSON, text or bytes.
#[derive(Clone, Debug)]
pub struct FaultBody {
    pub(crate) bytes: Bytes,
    pub(crate) content_type: HeaderValue,
}

impl FaultBody {
    fn new(bytes: Bytes) -> Self {
        let json = matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'['));
        let content_type = if json { "application/json" } else { "text/plain" };
        Self { bytes, content_type: HeaderValue::from_static(content_type) }
    }
}

impl From<Value> for FaultBody {
    fn from(json: Value) -> Self {
        Self { bytes: json.to_string().into(), content_type: HeaderValue::from_static("application/json") }
    }
}

impl From<&str> for FaultBody {
    fn from(text: &str) -> Self {
        Self::new(Bytes::copy_from_slice(text.as_bytes()))
    }
}

impl From<String> for FaultBody {
    fn from(text: String) -> Self {
        Self::new(text.into())
    }
}

impl From<Vec<u8>> for FaultBody {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes.into())
    }
}

impl From<Bytes> for FaultBody {
    fn from(bytes: Bytes) -> Self {
        Self::new(bytes)
    }
}
