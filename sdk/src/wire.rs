//! The protocol, pure: build requests and read answers. No await, no clock, no client; this is what gets fuzzed.

mod endpoint_url;
mod error_answer;
mod excerpt;
mod form;
mod headers;
mod token_answer;

pub(crate) use endpoint_url::{EndpointUrl, PlainHttp, is_loopback};
pub(crate) use error_answer::read_failure;
pub(crate) use excerpt::excerpt;
pub(crate) use form::Form;
pub(crate) use headers::retry_after;
pub(crate) use token_answer::read_token;
