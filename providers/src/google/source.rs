//! Credentials of any type.

use std::sync::Arc;

use async_trait::async_trait;
use grantkit::credentials::{Fingerprint, InnerClient};
use grantkit::{OAuthClient, OAuthToken, Result};

use super::NAME;
use super::endpoints::{CLOUD_PLATFORM, IAM_SCOPE};
use super::external_account::ExternalAccount;
use super::external_account_user::ExternalAccountUser;
use super::impersonated::ImpersonatedServiceAccount;
use super::metadata_server::MetadataServer;
use super::options::Options;
use super::service_account::ServiceAccount;
use super::user::AuthorizedUser;

#[derive(Clone, Debug)]
pub(super) enum Source {
    User(Box<AuthorizedUser>),
    ServiceAccount(Box<ServiceAccount>),
    Impersonated(Box<ImpersonatedServiceAccount>),
    ExternalAccount(Box<ExternalAccount>),
    ExternalAccountUser(Box<ExternalAccountUser>),
    MetadataServer(Box<MetadataServer>),
}

impl Source {
    /// As the file has it in `type`.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::User(_) => "authorized_user",
            Self::ServiceAccount(_) => "service_account",
            Self::Impersonated(_) => "impersonated_service_account",
            Self::ExternalAccount(_) => "external_account",
            Self::ExternalAccountUser(_) => "external_account_authorized_user",
            Self::MetadataServer(_) => "metadata_server",
        }
    }

    /// Whether it cannot be asked for a token without scopes.
    pub(super) fn requires_scopes(&self) -> bool {
        matches!(self, Self::ServiceAccount(_) | Self::Impersonated(_) | Self::ExternalAccount(_))
    }

    /// With the scope by which one account acts as another, where it says nothing of scopes.
    pub(super) fn for_iam(mut self) -> Self {
        let scope = if matches!(self, Self::ServiceAccount(_)) { IAM_SCOPE } else { CLOUD_PLATFORM };
        if self.requires_scopes() && self.options().scopes().is_empty() {
            self.change(|options| options.scopes = Some(vec![scope.to_owned()]));
        }
        self
    }

    pub(super) fn options(&self) -> &Options {
        match self {
            Self::User(user) => user.options(),
            Self::ServiceAccount(account) => account.options(),
            Self::Impersonated(account) => account.options(),
            Self::ExternalAccount(account) => account.options(),
            Self::ExternalAccountUser(user) => user.options(),
            Self::MetadataServer(server) => server.options(),
        }
    }

    pub(super) fn change(&mut self, change: impl FnOnce(&mut Options)) {
        match self {
            Self::User(user) => user.change(change),
            Self::ServiceAccount(account) => account.change(change),
            Self::Impersonated(account) => account.change(change),
            Self::ExternalAccount(account) => account.change(change),
            Self::ExternalAccountUser(user) => user.change(change),
            Self::MetadataServer(server) => server.change(change),
        }
    }

    fn client(&self) -> InnerClient<'_> {
        match self {
            Self::User(user) => InnerClient::from(&**user),
            Self::ServiceAccount(account) => InnerClient::from(&**account),
            Self::Impersonated(account) => InnerClient::from(&**account),
            Self::ExternalAccount(account) => InnerClient::from(&**account),
            Self::ExternalAccountUser(user) => InnerClient::from(&**user),
            Self::MetadataServer(server) => InnerClient::from(&**server),
        }
    }
}

#[async_trait]
impl OAuthClient for Source {
    fn name(&self) -> &str {
        NAME
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        self.client().get_token().await
    }

    fn fingerprint(&self) -> Fingerprint {
        self.client().fingerprint()
    }

    /// A user's scopes are those that the user has agreed to.
    fn with_scopes(&self, scopes: &[&str]) -> Option<Arc<dyn OAuthClient>> {
        match self {
            Self::ServiceAccount(account) => account.with_scopes(scopes),
            Self::Impersonated(account) => account.with_scopes(scopes),
            Self::ExternalAccount(account) => account.with_scopes(scopes),
            Self::MetadataServer(server) => server.with_scopes(scopes),
            Self::User(_) | Self::ExternalAccountUser(_) => None,
        }
    }

    fn inner(&self) -> Option<InnerClient<'_>> {
        Some(self.client())
    }
}
