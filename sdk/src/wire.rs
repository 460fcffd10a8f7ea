//! The protocol, pure: build requests and read answers. No await, no clock, no client; this is what gets fuzzed.

mod address_scope;
mod answer_hook;
mod challenge;
mod endpoint_url;
mod error_answer;
mod error_body;
mod form;
mod headers;
mod issuer;
mod lifetime;
mod list;
mod rate_limit;
mod request_hook;
mod token_answer;
mod value_count;
mod well_known;

pub(crate) use address_scope::AddressScope;
pub(crate) use answer_hook::AnswerHook;
pub use answer_hook::TokenAnswer;
pub(crate) use endpoint_url::{EndpointUrl, PlainHttp, is_local_plain_http, is_loopback};
pub(crate) use error_answer::read_failure;
pub(crate) use form::Form;
pub(crate) use headers::retry_after;
pub(crate) use issuer::{TENANT, is_issuer};
pub(crate) use lifetime::lifetime;
pub(crate) use list::ListMember;
pub use rate_limit::RateLimit;
pub(crate) use rate_limit::wait_asked_for;
pub use request_hook::EndpointRequest;
pub(crate) use request_hook::{RequestHook, WrittenRequest};
pub(crate) use token_answer::{AnswerRules, read_token};
pub(crate) use value_count::check_value_count;
pub(crate) use well_known::{well_known_appended, well_known_inserted};
