//! Logging a person in: the authorization request and its response.

mod callback;
mod code;
mod display_mode;
#[cfg(feature = "oidc")]
mod hybrid;
#[cfg(feature = "loopback")]
mod loopback;
mod parameter_methods;
mod parameters;
mod pending;
mod prompt;
mod pushed;
mod redirect_uri;
mod request_object;
mod response_mode;
mod sealing;
mod signed_response;

pub use code::AuthorizationCode;
pub use display_mode::DisplayMode;
#[cfg(feature = "loopback")]
pub use loopback::LoopbackListener;
pub use pending::PendingLogin;
pub use prompt::Prompt;
pub use redirect_uri::RedirectUri;
pub use response_mode::ResponseMode;

pub(crate) use code::Server;
