//! A request, as the endpoints of a played service read it.

use axum::body::Bytes;
use grantkit_providers::catalogue::{Method as Verb, RequestBody};
use http::header::{CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, Method, Uri};
use serde_json::{Map, Value};

use crate::form::Form;
use crate::oauth_error::{Code, OAuthError};

#[derive(Debug)]
pub(super) struct Incoming {
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Incoming {
    pub(super) fn query(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(self.uri.query().unwrap_or_default().as_bytes()).into_owned().collect()
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The parameters, if they are written as the service takes them.
    pub(super) fn parameters(&self, written: RequestBody) -> Result<Form, OAuthError> {
        let wrong = |why: &'static str| OAuthError::new(Code::InvalidRequest, why);
        match written {
            RequestBody::Query if !self.body.is_empty() => Err(wrong("the parameters belong in the query")),
            RequestBody::Query => Ok(Form::parse(self.uri.query().unwrap_or_default().as_bytes())),
            RequestBody::Empty if !self.body.is_empty() => Err(wrong("the request has a body")),
            RequestBody::Empty => Ok(Form::parse(b"")),
            RequestBody::Json => {
                if !self.content_type().eq_ignore_ascii_case("application/json") {
                    return Err(wrong("the body is not application/json"));
                }
                let members: Map<String, Value> =
                    serde_json::from_slice(&self.body).map_err(|_| wrong("the body is not a JSON object"))?;
                Ok(Form::from_pairs(members.into_iter().map(|(name, value)| match value {
                    Value::String(text) => (name, text),
                    other => (name, other.to_string()),
                })))
            }
            _ => Form::from_body(&self.headers, &self.body),
        }
    }

    pub(super) fn content_type(&self) -> &str {
        let value = self.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        value.split(';').next().unwrap_or_default().trim()
    }

    /// Refuses a request that lacks a header, or has another value there.
    pub(super) fn check_headers(&self, wanted: impl Iterator<Item = (String, String)>) -> Result<(), OAuthError> {
        for (name, value) in wanted {
            if self.header(&name) != Some(value.as_str()) {
                return Err(OAuthError::new(Code::InvalidRequest, format!("the header {name}: {value} is missing")));
            }
        }
        Ok(())
    }

    /// Refuses a program that does not say who it is.
    pub(super) fn check_user_agent(&self) -> Result<(), OAuthError> {
        let agent = self.headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if agent.trim().is_empty() {
            return Err(OAuthError::new(Code::InvalidRequest, "the header User-Agent is missing"));
        }
        Ok(())
    }

    pub(super) fn check_method(&self, verb: Verb) -> Result<(), OAuthError> {
        if self.method.as_str() == verb.name() {
            Ok(())
        } else {
            Err(OAuthError::new(Code::InvalidRequest, format!("the method is not {}", verb.name())))
        }
    }
}
