//! OAuth grants: the ways to obtain a token from the token endpoint.
//!
//! Most used: [`ClientCredentials`] for a service, [`DeviceAuthorization`] for a person on a device without a browser, and
//! [`TokenExchange`] for one token in exchange for another. A login in a browser is in [`authorize`](crate::authorize). A person's
//! login is a [`Login`]; [`StoredLogin`] is a login of an earlier run.
//!
//! ```no_run
//! use grantkit::prelude::*;
//!
//! # async fn example(client: Client) -> Result<()> {
//! let grant = client.device_authorization()?.scope("read:invoices");
//! let pending = grant.start().await?;
//! println!("Enter {} at {}", pending.user_code(), pending.verification_uri());
//! let credentials = grant.wait(pending).await?.credentials("tool").await?;
//! # let _ = credentials;
//! # Ok(())
//! # }
//! ```

mod assertion;
mod assertion_grant;
mod authorization_code;
mod backchannel_authentication;
mod client_credentials;
mod device_authorization;
mod extension;
mod identity_assertion;
mod into_scopes;
mod json_token_request;
mod jwt_assertion;
mod login;
#[doc(hidden)]
pub mod misplaced;
mod parameters;
mod pending_device;
mod polling;
mod refresh;
mod refresh_token;
mod resource_owner_password;
mod security_token;
mod stored_login;
mod token_endpoint;
mod token_exchange;

use std::sync::Arc;

use async_trait::async_trait;

pub use assertion::Assertion;
pub use assertion_grant::AssertionGrant;
pub use backchannel_authentication::{
    BackchannelAuthentication, BackchannelHint, BackchannelNotification, PendingBackchannelAuthentication,
};
pub use client_credentials::ClientCredentials;
pub use device_authorization::DeviceAuthorization;
pub use extension::ExtensionGrant;
pub use identity_assertion::IdentityAssertionGrant;
pub use into_scopes::{IntoScopes, OneText, SeveralTexts};
pub use json_token_request::JsonTokenRequest;
pub use jwt_assertion::JwtAssertion;
pub use login::Login;
pub use pending_device::PendingDeviceAuthorization;
pub use refresh_token::RefreshTokenGrant;
pub use resource_owner_password::ResourceOwnerPassword;
pub use security_token::SecurityToken;
pub use stored_login::StoredLogin;
pub use token_exchange::TokenExchange;

pub use crate::wire::TokenAnswer;

pub(crate) use assertion_grant::AssertionProfile;
pub(crate) use authorization_code::CodeExchange;
pub(crate) use login::LoginServer;
pub(crate) use parameters::{RequestParameters, check_names, names_api, request_parameter_methods};
pub(crate) use token_endpoint::{TokenEndpoint, TokenTerms};

use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::token::{OAuthToken, RefreshToken, RefreshTokenRotation};

/// A grant as it is kept fresh: how to get a token from the start, and with the refresh token that came with one.
#[async_trait]
pub(crate) trait Grant: Send + Sync + 'static {
    /// From the start; an error that needs a login where that takes a person.
    async fn get_token(&self) -> Result<OAuthToken>;

    /// The token says whose login it is of, where that is known. Without it a refresh token is left alone, and each token is got from the start.
    async fn refresh(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        let _ = refresh_token;
        Err(Error::unsupported("this grant has no use for a refresh token"))
    }

    /// Judges what a refresh brought, where `subject` is the person whose login it is, if that is known. The refresh token in it
    /// has been kept already: what is refused here is the access token alone.
    async fn check_refreshed(&self, token: OAuthToken, subject: Option<&str>) -> Result<OAuthToken> {
        let _ = subject;
        Ok(token)
    }

    /// Judges what a token from a store says of the person, by the rules of this client: it may be of another one of the same login.
    fn check_stored(&self, token: OAuthToken) -> OAuthToken {
        token
    }

    /// The person whose login has just brought this token, where it says who that is.
    fn subject(&self, token: &OAuthToken) -> Option<String> {
        let _ = token;
        None
    }

    /// The identity of what is requested: the grant, its parameters and the user.
    fn fingerprint(&self) -> Fingerprint;

    /// The same with these scopes alone, where no person has to agree to them.
    fn with_scopes(&self, scopes: &[&str]) -> Option<Arc<dyn Grant>> {
        let _ = scopes;
        None
    }

    /// The refresh token that it begins with, where that was configured.
    fn configured_refresh_token(&self) -> Option<RefreshToken> {
        None
    }

    /// What the server does with a refresh token that is used.
    fn refresh_token_rotation(&self) -> RefreshTokenRotation {
        RefreshTokenRotation::Unknown
    }

    /// Where its tokens come from.
    fn endpoint(&self) -> &TokenEndpoint;

    /// What tells its refresh token from every other.
    fn login(&self) -> Fingerprint {
        self.fingerprint()
    }
}
