use std::sync::Arc;

use async_trait::async_trait;
use grantkit::authorize::RedirectUri;
use grantkit::endpoint::Revocation;
use grantkit::grant::{DeviceAuthorization, Login, StoredLogin};
use grantkit::provider::{Person, ProviderCapabilities, ProviderSettings};
use grantkit::{ApiClient, AuthorizationCode, Credentials, Error, OAuthClient, ProviderClient, Result};
use secrecy::ExposeSecret as _;

use super::GoogleConfig;
use crate::catalogue;
use crate::google::NAME;

/// Where most of Google's APIs can be called.
const API: &str = "https://www.googleapis.com";

/// Google, configured.
pub(super) struct GoogleProvider {
    /// What the catalogue makes of Google, where there is an OAuth client for it.
    people: Option<ProviderClient>,
    client: Option<Arc<dyn OAuthClient>>,
}

/// The login of persons, where the configuration has an OAuth client.
pub(super) fn people(config: &GoogleConfig) -> Result<Option<ProviderClient>> {
    let (Some(id), Some(secret)) = (&config.client_id, &config.client_secret) else { return Ok(None) };
    let mut settings =
        ProviderSettings::new().with("client_id", id.as_str()).with("client_secret", secret.expose_secret());
    if !config.scopes.is_empty() {
        settings = settings.with("scopes", config.scopes.clone());
    }
    if let Some(is_wanted) = config.offline_access {
        settings = settings.with("offline_access", is_wanted);
    }
    if let Some(url) = &config.provider_base_url {
        settings = settings.with("provider_base_url", url.as_str());
    }
    catalogue::connect(NAME, settings).map(Some)
}

impl GoogleProvider {
    pub(super) fn new(people: Option<ProviderClient>, client: Option<Arc<dyn OAuthClient>>) -> Self {
        Self { people, client }
    }

    fn people(&self) -> Result<&ProviderClient> {
        self.people.as_ref().ok_or_else(|| {
            Error::configuration(
                "people log in at Google by an OAuth client: set `client_id` and `client_secret`, from \
                 https://console.cloud.google.com/auth/clients",
            )
        })
    }
}

#[async_trait]
impl ProviderCapabilities for GoogleProvider {
    fn name(&self) -> &str {
        NAME
    }

    fn credentials(&self) -> Result<Arc<dyn OAuthClient>> {
        self.client.clone().ok_or_else(|| {
            Error::configuration(
                "the configuration has an OAuth client that logs people in, and no credentials of the program itself: call `.login(..)`, \
                 set `refresh_token` or `credentials_file`, or leave `client_id` and `client_secret` out for the machine's own",
            )
        })
    }

    fn login(&self, redirect_uri: RedirectUri) -> Result<AuthorizationCode> {
        self.people()?.login(redirect_uri)
    }

    fn device_login(&self) -> Result<DeviceAuthorization> {
        self.people()?.device_login()
    }

    fn stored_login(&self, name: &str) -> Result<StoredLogin> {
        self.people()?.stored_login(name)
    }

    async fn identity(&self, login: &Login) -> Result<Person> {
        self.people()?.identity(login).await
    }

    fn revocation(&self) -> Result<Revocation> {
        self.people()?.revocation()
    }

    fn api(&self, credentials: Credentials) -> Result<ApiClient> {
        ApiClient::new(API, credentials)
    }
}
