//! Logins in a browser: authorization requests (PKCE, PAR, JAR, RAR) and their responses.
//!
//! [`AuthorizationCode`] begins a login: `start` returns the URL for the browser and a [`PendingLogin`], which can be kept in a session;
//! `finish` takes the callback. [`LoopbackListener`] receives the callback of a command-line or desktop program.
//!
//! ```
//! use grantkit::prelude::*;
//!
//! let client = Client::builder()
//!     .client_id("app")
//!     .client_secret_basic("s3cret")
//!     .token_endpoint("https://as.example/token")?
//!     .authorization_endpoint("https://as.example/authorize")?
//!     .build();
//! let login = client.authorization_code("https://app.example/callback").scope("read:invoices");
//! let (url, pending) = login.start()?;
//! assert_eq!(url.host_str(), Some("as.example"));
//! # let _ = pending;
//! # Ok::<(), Error>(())
//! ```

mod asked;
#[cfg(feature = "loopback")]
mod browser;
mod callback;
mod code;
mod display_mode;
#[cfg(feature = "oidc")]
mod encrypted_request;
mod finished;
#[cfg(feature = "oidc")]
mod hybrid;
#[cfg(feature = "loopback")]
mod loopback;
#[cfg(feature = "loopback")]
mod native;
mod parameter_methods;
mod parameters;
mod pending;
mod prompt;
mod pushed;
mod received_code;
mod redirect_uri;
mod request_hook;
mod request_object;
mod response_hook;
mod response_mode;
mod sealing;
mod signed_response;
mod step_up;

pub use code::AuthorizationCode;
pub use display_mode::DisplayMode;
#[cfg(feature = "loopback")]
pub use loopback::{LoopbackAddress, LoopbackListener, LoopbackListenerBuilder};
#[cfg(feature = "loopback")]
pub use native::NativeLogin;
pub use pending::PendingLogin;
pub use prompt::Prompt;
pub use received_code::ReceivedCode;
pub use redirect_uri::{IntoRedirectUri, RedirectUri};
pub use request_hook::AuthorizationRequest;
pub use response_hook::AuthorizationResponse;
pub use response_mode::ResponseMode;

pub(crate) use code::Server;
pub(crate) use request_hook::AuthorizationHook;
pub(crate) use response_hook::ResponseHook;
