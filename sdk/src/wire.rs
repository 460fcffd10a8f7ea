//! The protocol, pure: build requests and read answers. No await, no clock, no client; this is what gets fuzzed.

mod challenge;
mod endpoint_url;
mod error_answer;
mod form;
mod headers;
mod lifetime;
mod token_answer;
mod well_known;

pub(crate) use endpoint_url::{EndpointUrl, PlainHttp, is_local_plain_http, is_loopback};
pub(crate) use error_answer::read_failure;
pub(crate) use form::Form;
pub(crate) use headers::retry_after;
pub(crate) use lifetime::lifetime;
pub(crate) use token_answer::read_token;
pub(crate) use well_known::{well_known_appended, well_known_inserted};
