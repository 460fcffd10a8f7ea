//! A person of a workforce pool who has logged in.

use std::sync::OnceLock;

use async_trait::async_trait;
use grantkit::client::NamedGrant;
use grantkit::credentials::{Fingerprint, InnerClient};
use grantkit::endpoint::Revocation;
use grantkit::token::RefreshToken;
use grantkit::{Client, Error, OAuthClient, OAuthToken, Result, SecretString};
use serde::Deserialize;

use super::options::{CredentialType, Options, source_methods};
use super::{NAME, client};

/// The members of a file of the type `external_account_authorized_user`.
#[derive(Deserialize)]
pub(super) struct ExternalAccountUserInfo {
    client_id: String,
    client_secret: SecretString,
    refresh_token: SecretString,
    token_url: String,
    revoke_url: Option<String>,
    quota_project_id: Option<String>,
    universe_domain: Option<String>,
}

/// Credentials of a person of a workforce pool (workforce identity federation), by the refresh token that `gcloud auth
/// application-default login --login-config` writes.
#[derive(Clone, Debug)]
pub struct ExternalAccountUser {
    client_id: String,
    client_secret: SecretString,
    refresh_token: SecretString,
    token_url: String,
    revoke_url: Option<String>,
    options: Options,
    grant: OnceLock<NamedGrant>,
}

impl ExternalAccountUser {
    /// Of a JSON file of the type `external_account_authorized_user`.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it cannot be read, is another one, or lacks something.
    pub fn from_file(path: impl AsRef<std::path::Path>) -> Result<Self> {
        super::credentials_file::read(path.as_ref())?.external_account_user()
    }

    /// Of the JSON itself.
    ///
    /// # Errors
    ///
    /// As [`from_file`](Self::from_file).
    pub fn from_json(json: &str) -> Result<Self> {
        super::credentials_file::parse(json.as_bytes(), "the JSON")?.external_account_user()
    }

    pub(super) fn of(info: ExternalAccountUserInfo) -> Result<Self> {
        let ExternalAccountUserInfo { client_id, client_secret, refresh_token, token_url, revoke_url, .. } = info;
        let options = Options {
            quota_project_id: info.quota_project_id,
            universe_domain: info.universe_domain,
            ..Options::default()
        };
        let user =
            Self { client_id, client_secret, refresh_token, token_url, revoke_url, options, grant: OnceLock::new() };
        user.client()?;
        Ok(user)
    }

    source_methods!();

    /// The revocation endpoint, for [`Credentials::log_out`](grantkit::Credentials::log_out).
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](Error::is_unsupported) where the file has no `revoke_url`.
    pub fn revocation(&self) -> Result<Revocation> {
        let url =
            self.revoke_url.as_deref().ok_or_else(|| Error::unsupported("the credentials file has no `revoke_url`"))?;
        let client =
            client::at(&self.token_url, &self.options)?.revocation_endpoint(url)?.client_id(self.client_id.as_str());
        Ok(client.client_secret_basic(self.client_secret.clone()).build().revocation())
    }

    fn changed(mut self) -> Self {
        self.grant = OnceLock::new();
        self
    }

    fn client(&self) -> Result<Client> {
        let client = client::at(&self.token_url, &self.options)?.client_id(self.client_id.as_str());
        Ok(client.client_secret_basic(self.client_secret.clone()).build().erased())
    }

    fn grant(&self) -> Result<&NamedGrant> {
        if let Some(grant) = self.grant.get() {
            return Ok(grant);
        }
        let grant = self.client()?.refresh_token_grant(self.refresh_token.clone()).named(NAME);
        Ok(self.grant.get_or_init(|| grant))
    }
}

#[async_trait]
impl OAuthClient for ExternalAccountUser {
    fn name(&self) -> &str {
        NAME
    }

    super::options::clock!(options);

    async fn get_token(&self) -> Result<OAuthToken> {
        self.options.finish(self.grant()?.get_token().await?, CredentialType::Unsaid)
    }

    async fn refresh_token(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        self.options.finish(self.grant()?.refresh_token(refresh_token).await?, CredentialType::Unsaid)
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self {
            // These are the grant's.
            client_id: _,
            client_secret: _,
            refresh_token: _,
            token_url: _,
            grant: _,
            // Where a token ends has nothing to do with whose it is.
            revoke_url: _,
            options,
        } = self;
        let builder = Fingerprint::builder()
            .parameter("kind", "external_account_authorized_user")
            .part("options", options.fingerprint().build());
        match self.grant() {
            Ok(grant) => builder.part("grant", grant.fingerprint()).build(),
            Err(error) => builder.parameter("error", error.to_string()).build(),
        }
    }

    fn inner(&self) -> Option<InnerClient<'_>> {
        self.grant().ok().map(InnerClient::from)
    }
}

super::into_credentials!(ExternalAccountUser);
