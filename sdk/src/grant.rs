//! Grants: what a client asks a token for with, a file a grant, over one path to the token endpoint.

mod authorization_code;
mod client_credentials;
mod device_authorization;
mod json_token_request;
mod parameters;
mod refresh;
mod refresh_token;
mod token_endpoint;

pub use client_credentials::ClientCredentials;
pub use device_authorization::{DeviceAuthorization, PendingDevice};
pub use json_token_request::JsonTokenRequest;
pub use refresh_token::RefreshTokenGrant;

pub(crate) use authorization_code::CodeExchange;
pub(crate) use parameters::{RequestParameters, check_names, request_parameter_methods};
pub(crate) use token_endpoint::TokenEndpoint;
