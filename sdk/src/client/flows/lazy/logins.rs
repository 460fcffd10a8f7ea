use std::sync::Arc;

use super::LazyClient;
use crate::authorize::{AuthorizationCode, IntoRedirectUri, Server};
use crate::client::Client;
use crate::endpoint::{Introspection, Revocation};
use crate::error::Result;
use crate::grant::{DeviceAuthorization, LoginServer};
use crate::keys::AnnouncedAlgorithms;

/// What takes a person, or another endpoint than that for tokens.
impl LazyClient {
    /// The client with all that the metadata says, for what this one has not: its own tokens and logins are others than those of this one.
    ///
    /// # Errors
    ///
    /// As [`ClientBuilder::discover`](crate::client::ClientBuilder::discover).
    pub async fn discover(&self) -> Result<Client> {
        self.finder.client().await
    }

    /// The authorization-code grant: a token for a person who logs in with a browser (RFC 6749 §4.1). It begins with
    /// [`begin`](AuthorizationCode::begin), which discovers the server, and whose errors are also those of
    /// [`Client::authorization_code`].
    pub fn authorization_code(&self, redirect_uri: impl IntoRedirectUri) -> AuthorizationCode {
        let given = self.finder.given();
        let server = Server {
            authorization_endpoint: self.lazy_endpoint.url().clone(),
            identity: self.lazy_endpoint.identity().clone(),
            issuer: Some(self.issuer.clone()),
            requires_iss: false,
            default_max_age: given.default_max_age,
            default_prompt: given.default_prompt.clone(),
            requires_signed_request: given.requires_signed_requests,
            request_algorithms: AnnouncedAlgorithms::default(),
            login: self.login_server(),
            hook: given.hooks.authorization.clone(),
            response_hook: given.hooks.authorization_response.clone(),
        };
        AuthorizationCode::new(server, redirect_uri.into_redirect_uri()).with_finder(Arc::clone(&self.finder) as _)
    }

    /// The device authorization grant: a token for a person who logs in on another device (RFC 8628).
    pub fn device_authorization(&self) -> DeviceAuthorization {
        let hook = self.finder.given().hooks.device_authorization.clone();
        DeviceAuthorization::new(self.lazy_endpoint.clone().with_hook(hook), self.login_server())
    }

    /// The revocation endpoint (RFC 7009). Where the metadata has none, its requests are
    /// [unsupported](crate::Error::is_unsupported).
    pub fn revocation(&self) -> Revocation {
        Revocation::new(self.lazy_endpoint.clone())
    }

    /// The introspection endpoint (RFC 7662). Where the metadata has none, its requests are
    /// [unsupported](crate::Error::is_unsupported).
    pub fn introspection(&self) -> Introspection {
        Introspection::new(self.lazy_endpoint.clone(), self.signed_messages.clone())
    }

    pub(super) fn login_server(&self) -> LoginServer {
        LoginServer {
            issuer: Some(self.issuer.as_str().into()),
            token_endpoint: self.token_endpoint.clone(),
            signed_messages: self.signed_messages.clone(),
        }
    }
}
