//! Credentials, API clients and logins for programs without an async runtime.
//!
//! [`wait`] is the one mechanism: it blocks the calling thread until a future of this crate is ready. The types here call it for you, and
//! share tokens, caches and connections with the async types that they are made of.
//!
//! ```
//! use grantkit::integrations::blocking::{self, wait};
//! use grantkit::prelude::*;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
//! # let (server, invoices) = runtime.block_on(async {
//! #     let server = grantkit_testkit::AuthorizationServer::builder().confidential_client("billing", "s3cret").start().await?;
//! #     let invoices = grantkit_testkit::ProtectedApi::start(&server).await?;
//! #     std::io::Result::Ok((server, invoices))
//! # })?;
//! # let (issuer, base) = (server.issuer(), invoices.url("v1"));
//! let client = wait(Client::builder().client_id("billing").client_secret("s3cret").discover(&issuer))?;
//! let credentials = client.client_credentials().credentials("billing");
//!
//! let api = blocking::ApiClient::new(&base, credentials)?;
//! let invoice: serde_json::Value = api.get(["invoices", "42"]).fetch()?;
//! assert_eq!(invoice["id"], "42");
//! # Ok(())
//! # }
//! ```
//!
//! # The runtime that it starts
//!
//! The first call starts one Tokio runtime for the whole process: a thread named `grantkit-blocking`, and more threads of that name while
//! something blocks there, such as a key file that is read. It drives sockets, timers and the refreshes that go on in the background. It
//! lives as long as the process, which does not wait for it at its end: call [`Credentials::settle`] before `main` returns, so that the
//! successor of a refresh token is not lost. A token that is cached is returned without asking that thread.
//!
//! # Within an async runtime
//!
//! A call works there too, and does not panic: it blocks the thread that it is made on, and with it all tasks that this thread would run.
//! Make it on a thread that may block (`tokio::task::spawn_blocking`), or call the async type with `.await`: on a runtime of a single thread, what a
//! blocked call waits for may be a task of the same thread, and never come.
//!
//! Within an [`OAuthClient`](crate::OAuthClient) of your own, which the runtime's own thread runs, a blocking call is an error
//! ([`is_configuration`](crate::Error::is_configuration)): its methods are async, so `.await` there.
//!
//! # Time-outs
//!
//! A call ends when the async one would: requests to the API after [`timeout`](ApiRequest::timeout), to authorization servers after the limits of the
//! [`Transport`](crate::transport::Transport), a person's login after the limit of the login. There is no other way to end a call that has
//! begun.

mod api_client;
mod api_request;
mod api_response;
mod authorization_code;
mod body_reader;
mod credentials;
mod device_authorization;
mod items;
mod login;
#[cfg(feature = "multipart")]
mod multipart;
mod provider_client;
mod runtime;
mod upload;
mod wait;

pub use api_client::ApiClient;
pub use api_request::ApiRequest;
pub use api_response::ApiResponse;
pub use authorization_code::AuthorizationCode;
#[cfg(feature = "loopback")]
pub use authorization_code::native_login;
pub use body_reader::BodyReader;
pub use credentials::Credentials;
pub use device_authorization::DeviceAuthorization;
pub use items::{Items, Pages};
pub use login::Login;
pub use provider_client::ProviderClient;
pub use wait::wait;
