//! The protocol, pure: build requests and read answers. No await, no clock, no client; this is what gets fuzzed.

mod address_kind;
mod address_scope;
mod answer_hook;
mod challenge;
#[cfg(any(feature = "axum", feature = "loopback"))]
mod cookies;
mod endpoint_url;
mod error_answer;
mod error_body;
#[cfg(any(feature = "axum", feature = "loopback"))]
mod fetch_metadata;
mod form;
mod header_secrets;
mod headers;
mod issuer;
mod lifetime;
mod list_header;
mod proxy_bypass;
mod rate_limit;
mod request_hook;
mod successor;
mod token_answer;
mod value_count;
mod well_known;

pub(crate) use address_kind::AddressKind;
pub(crate) use address_scope::AddressScope;
pub(crate) use answer_hook::AnswerHook;
pub use answer_hook::TokenAnswer;
#[cfg(any(feature = "axum", feature = "loopback"))]
pub(crate) use cookies::cookies;
pub(crate) use endpoint_url::{EndpointUrl, PlainHttp, is_loopback};
pub(crate) use error_answer::read_failure;
pub(crate) use error_body::names_error;
#[cfg(feature = "loopback")]
pub(crate) use fetch_metadata::is_navigation;
#[cfg(any(feature = "axum", feature = "loopback"))]
pub(crate) use fetch_metadata::is_part_of_a_page;
#[cfg(any(feature = "axum", feature = "loopback"))]
pub(crate) use fetch_metadata::is_prefetch;
pub(crate) use form::{Form, FormLength};
pub(crate) use header_secrets::{MIN_SECRET, header_secrets, may_be_secret, secrets_of_header};
pub(crate) use headers::{add_date_if_absent, retry_after};
#[cfg(feature = "oidc")]
pub(crate) use issuer::tenant_of;
pub(crate) use issuer::{TENANT, is_issuer};
pub(crate) use lifetime::lifetime;
pub(crate) use list_header::ListMember;
pub(crate) use proxy_bypass::bypasses_proxies;
pub use rate_limit::RateLimit;
pub(crate) use rate_limit::wait_asked_for;
pub use request_hook::EndpointRequest;
pub(crate) use request_hook::{RequestHook, WrittenRequest};
pub(crate) use successor::Successor;
pub(crate) use token_answer::{AnswerRules, ReceivedAnswer, read_token};
pub(crate) use value_count::check_value_count;
pub(crate) use well_known::{well_known_appended, well_known_inserted};
