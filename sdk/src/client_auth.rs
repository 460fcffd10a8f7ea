//! Client authentication: how a client proves to the authorization server who it is (`token_endpoint_auth_method`).
//!
//! The methods of the standards are methods of [`ClientBuilder`](crate::client::ClientBuilder). For any other, implement
//! [`ClientAuthentication`]; for an assertion that something else signs, [`AssertionSource`]. [`AssertionFile`] reads one from a file that
//! changes, as in Kubernetes.
//!
//! ```
//! use grantkit::client_auth::AssertionFile;
//! use grantkit::prelude::*;
//!
//! let client = Client::builder()
//!     .client_id("billing")
//!     .client_assertion(AssertionFile::new("/var/run/secrets/tokens/as"))
//!     .token_endpoint("https://as.example/token")?
//!     .build();
//! # let _ = client;
//! # Ok::<(), Error>(())
//! ```

mod assertion;
mod assertion_source;
mod authenticated_endpoint;
mod client_assertion;
mod client_secret_basic;
mod client_secret_jwt;
mod client_secret_post;
mod identity;
mod none;
mod private_key_jwt;
mod request;
mod tls_client_auth;

use std::fmt::Debug;

use async_trait::async_trait;

pub use assertion::AssertionAudience;
pub use assertion_source::{AssertionFile, AssertionSource};
pub use request::AuthenticationRequest;

pub(crate) use assertion::AssertionTerms;
pub(crate) use assertion_source::identified_source;
pub(crate) use authenticated_endpoint::{AuthenticatedEndpoint, EndpointFinder, Reply};
pub(crate) use client_assertion::ClientAssertion;
pub(crate) use client_secret_basic::ClientSecretBasic;
pub(crate) use client_secret_jwt::ClientSecretJwt;
pub(crate) use client_secret_post::ClientSecretPost;
pub(crate) use identity::Identity;
pub(crate) use none::NoAuthentication;
pub(crate) use private_key_jwt::PrivateKeyJwt;
pub(crate) use tls_client_auth::TlsClientAuth;

use crate::error::Result;
use crate::fingerprint::Fingerprint;

/// A client authentication method: adds its parameters or headers to a request. For those that the builder has no method for, it is
/// given to [`client_authentication`](crate::client::ClientBuilder::client_authentication).
///
/// ```
/// use grantkit::prelude::*;
/// use grantkit::client_auth::{AuthenticationRequest, ClientAuthentication};
/// use grantkit::credentials::Fingerprint;
///
/// #[derive(Debug)]
/// struct Gateway { tenant: String }
///
/// #[async_trait]
/// impl ClientAuthentication for Gateway {
///     fn method(&self) -> &'static str {
///         "x_gateway_ticket"
///     }
///
///     fn identity(&self) -> Fingerprint {
///         Fingerprint::new("tenant", &self.tenant)
///     }
///
///     async fn authenticate(&self, request: &mut AuthenticationRequest<'_>) -> Result<()> {
///         let ticket = ask_the_gateway(&self.tenant).await?;
///         let client_id = request.client_id().to_owned();
///         request.parameter("client_id", client_id);
///         request.secret_parameter("ticket", &ticket);
///         Ok(())
///     }
/// }
/// # async fn ask_the_gateway(_: &str) -> Result<String> { Ok("t1cket".into()) }
///
/// let client = Client::builder()
///     .client_id("billing")
///     .client_authentication(Gateway { tenant: "acme".to_owned() })
///     .token_endpoint("https://as.example/token")?
///     .build();
/// # Ok::<(), grantkit::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a client authentication",
    label = "no `ClientAuthentication`",
    note = "implement `grantkit::client_auth::ClientAuthentication` for it, or use a method of the builder, such as `.client_secret(..)`"
)]
#[async_trait]
pub trait ClientAuthentication: Debug + Send + Sync + 'static {
    /// The method's name (`token_endpoint_auth_method`, RFC 7591 §2).
    fn method(&self) -> &'static str;

    /// What it proves with, as far as it tells one client from another: the digest of a secret
    /// ([`FingerprintBuilder::secret`](crate::credentials::FingerprintBuilder::secret)), a key's thumbprint or name. Who proves with something else is not
    /// served the token that was got with this.
    ///
    /// [`Fingerprint::unique`] for what cannot be told from others. Asked once, when the client is built.
    fn identity(&self) -> Fingerprint;

    /// Adds the proof. Called for each request anew, one that is sent again included: an assertion is good for one.
    ///
    /// # Errors
    ///
    /// Why there is no proof; [`Error::temporary`](crate::Error::temporary) where it is worth another try.
    async fn authenticate(&self, request: &mut AuthenticationRequest<'_>) -> Result<()>;

    /// Refuses what no server should accept, before anything is sent.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) with what is wrong.
    fn check(&self) -> Result<()> {
        Ok(())
    }

    /// Whether it is the certificate of the connection that says who the client is (RFC 8705).
    fn is_by_certificate(&self) -> bool {
        false
    }

    /// A secret that must not appear in an error, beside those of the request.
    fn secret(&self) -> Option<&str> {
        None
    }
}
