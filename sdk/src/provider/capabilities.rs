use std::sync::Arc;

use async_trait::async_trait;

use super::{Capability, Person};
use crate::api::ApiClient;
use crate::authorize::{AuthorizationCode, RedirectUri};
use crate::credentials::{Credentials, OAuthClient};
use crate::endpoint::{Introspection, Revocation};
use crate::error::{Error, Result};
use crate::grant::{DeviceAuthorization, Login, StoredLogin};
use crate::text::ServerText;

/// What a provider offers once it is configured: one method for each [`Capability`]. Each has a default that says who else has it, so
/// that a provider states what it has and nothing else.
///
/// [`ProviderClient::builder`](super::ProviderClient::builder) makes one of a [`Client`](crate::Client); implement this trait for a
/// provider that does something of its own, and give it to [`ProviderClient::from_capabilities`](super::ProviderClient::from_capabilities).
///
/// ```
/// use std::sync::Arc;
/// use grantkit::prelude::*;
/// use grantkit::grant::Login;
/// use grantkit::provider::{Person, ProviderCapabilities};
///
/// struct Acme { client: Client }
///
/// #[async_trait]
/// impl ProviderCapabilities for Acme {
///     fn name(&self) -> &str {
///         "acme"
///     }
///
///     fn login(&self, redirect_uri: RedirectUri) -> Result<AuthorizationCode> {
///         Ok(self.client.authorization_code(redirect_uri)?.scope("profile"))
///     }
///
///     async fn identity(&self, login: &Login) -> Result<Person> {
///         // Acme says with the token who it is for.
///         let id = login.token().extra().get("user").and_then(|user| user.as_str());
///         Ok(Person::new(id.ok_or_else(|| Error::configuration("acme's answer names no user"))?))
///     }
/// }
///
/// # fn connect(client: Client) {
/// let acme = ProviderClient::from_capabilities(Acme { client });
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what a provider offers",
    label = "no `ProviderCapabilities`",
    note = "a `Client`: `ProviderClient::builder(\"acme\").login(client, scopes).build()`; a client that has tokens for the program itself: `ProviderClient::new(client)`",
    note = "a service with behaviour of its own: `#[async_trait] impl ProviderCapabilities for ..`"
)]
#[async_trait]
pub trait ProviderCapabilities: Send + Sync + 'static {
    /// The provider's name.
    fn name(&self) -> &str;

    /// A token for the program itself.
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](crate::Error::is_unsupported) where the provider has none; so of all others here.
    fn credentials(&self) -> Result<Arc<dyn OAuthClient>> {
        Err(Capability::Credentials.unsupported(self.name()))
    }

    /// The login of a person in a browser.
    ///
    /// # Errors
    ///
    /// As [`credentials`](Self::credentials).
    fn login(&self, redirect_uri: RedirectUri) -> Result<AuthorizationCode> {
        let _ = redirect_uri;
        Err(Capability::Login.unsupported(self.name()))
    }

    /// The login of a person on another device.
    ///
    /// # Errors
    ///
    /// As [`credentials`](Self::credentials).
    fn device_login(&self) -> Result<DeviceAuthorization> {
        Err(Capability::DeviceLogin.unsupported(self.name()))
    }

    /// A login that was stored under this name.
    ///
    /// # Errors
    ///
    /// As [`credentials`](Self::credentials).
    fn stored_login(&self, name: &str) -> Result<StoredLogin> {
        let _ = name;
        Err(Capability::Login.unsupported(self.name()))
    }

    /// Who has logged in.
    ///
    /// # Errors
    ///
    /// As [`credentials`](Self::credentials), or what the provider or the network answered.
    async fn identity(&self, login: &Login) -> Result<Person> {
        let _ = login;
        Err(Capability::Identity.unsupported(self.name()))
    }

    /// The revocation endpoint.
    ///
    /// # Errors
    ///
    /// As [`credentials`](Self::credentials).
    fn revocation(&self) -> Result<Revocation> {
        Err(Capability::Revocation.unsupported(self.name()))
    }

    /// The introspection endpoint. It is for resource servers, and so none of the capabilities.
    ///
    /// # Errors
    ///
    /// As [`credentials`](Self::credentials).
    fn introspection(&self) -> Result<Introspection> {
        Err(Error::unsupported(format!(
            "the provider {:?} has no introspection of tokens: verify a JWT with `oidc::JwtVerifier` (feature `oidc`), or ask its API",
            ServerText::new(self.name())
        )))
    }

    /// The provider's API, with the headers that it demands.
    ///
    /// # Errors
    ///
    /// As [`credentials`](Self::credentials).
    fn api(&self, credentials: Credentials) -> Result<ApiClient> {
        let _ = credentials;
        Err(Capability::Api.unsupported(self.name()))
    }
}
