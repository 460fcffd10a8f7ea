//! Logins in a browser: authorization requests (PKCE, PAR, JAR, RAR) and their responses.
//!
//! [`AuthorizationCode`] begins a login: `start` returns the URL for the browser and a [`PendingLogin`], which can be kept in a session;
//! `finish` takes the callback. `LoopbackListener` receives the callback of a command-line or desktop program.
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
//! let flow = client.authorization_code("https://app.example/callback").scope("read:invoices");
//! let (url, pending) = flow.start()?;
//! assert_eq!(url.host_str(), Some("as.example"));
//! # let _ = pending;
//! # Ok::<(), Error>(())
//! ```
//!
//! # From the request to the credentials
//!
//! A login is what a person does once in a browser, and what the program has of it from then on. Each step has a type:
//!
//! | type | it is | you get it by |
//! |---|---|---|
//! | [`AuthorizationCode`] | the flow: what is asked for, and of which server; begins any number of logins | [`Client::authorization_code`](crate::Client::authorization_code), [`ProviderClient::login`](crate::ProviderClient::login) |
//! | [`PendingLogin`] | one login while the person is away in the browser: `state`, `nonce`, PKCE verifier | `start` |
//! | [`Login`](crate::grant::Login) | a login that has succeeded: its tokens and ID token claims | `finish` |
//! | [`Credentials`](crate::Credentials) | the login in use: cached, refreshed, shared | [`Login::credentials_in`](crate::grant::Login::credentials_in) |
//! | [`StoredLogin`](crate::grant::StoredLogin) | a login of an earlier run, by the name under which a store has it | [`Client::stored_login`](crate::Client::stored_login) |
//!
//! Two types take all steps for a kind of program: `NativeLogin` ([`AuthorizationCode`]'s `native`, feature `loopback`) for a command-line or
//! desktop program, and `WebLogin` ([`integrations`](crate::integrations), feature `axum`) for a web application.

mod begin;
#[cfg(feature = "loopback")]
mod browser;
mod callback;
mod code;
mod code_exchange;
mod display_mode;
#[cfg(feature = "oidc")]
mod encrypted_request;
mod finished_logins;
#[cfg(feature = "oidc")]
mod hybrid;
mod login_finder;
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
mod token_parameters;

pub use code::AuthorizationCode;
pub use display_mode::DisplayMode;
#[cfg(feature = "loopback")]
pub use loopback::{LoopbackAddress, LoopbackListener, LoopbackListenerBuilder, LoopbackOutcome, LoopbackPage};
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
pub(crate) use login_finder::LoginFinder;
pub(crate) use request_hook::AuthorizationHook;
pub(crate) use response_hook::ResponseHook;
