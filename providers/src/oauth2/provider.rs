use std::sync::Arc;

use async_trait::async_trait;
use grantkit::authorize::{Prompt, RedirectUri};
use grantkit::client_auth::AssertionAudience;
use grantkit::endpoint::{Introspection, Revocation};
use grantkit::grant::{ClientCredentials, DeviceAuthorization, Login, StoredLogin};
use grantkit::provider::{Person, ProfileMapping, ProviderCapabilities};
use grantkit::{AuthorizationCode, OAuthClient, Result};

use super::OAuth2Config;
use super::authentication::Authentication;
use super::certificate;
use super::server::Server;

/// Has a refresh token given (OpenID Connect Core §11).
const OFFLINE_ACCESS: &str = "offline_access";

/// A client of any server, configured.
pub(crate) struct AnyServer {
    name: &'static str,
    server: Server,
    /// Of the program's own tokens.
    scopes: Vec<String>,
    login_scopes: Vec<String>,
    audience: Option<String>,
    resource: Option<String>,
}

impl AnyServer {
    /// `login_scopes` are what a login asks for.
    pub(crate) fn new(name: &'static str, config: OAuth2Config, login_scopes: Vec<String>) -> Result<Self> {
        let authentication = Authentication::of(&config)?;
        let transport = match &config.client_certificate_file {
            Some(path) => Some(certificate::transport(path)?),
            None => None,
        };
        let client = authentication.builder(&config.client_id, transport);
        let client = match &config.client_assertion_audience {
            Some(audience) => client.assertion_audience(AssertionAudience::Exactly(audience.clone())),
            None => client,
        };
        // OpenID Connect Core §11: without the person's consent there is none.
        let is_offline = login_scopes.iter().any(|scope| scope == OFFLINE_ACCESS);
        let client = if is_offline { client.default_prompt(Prompt::Consent) } else { client };
        let server = Server::of(&config, client)?;
        let OAuth2Config { scopes, audience, resource, .. } = config;
        Ok(Self { name, server, scopes, login_scopes, audience, resource })
    }
}

#[async_trait]
impl ProviderCapabilities for AnyServer {
    fn name(&self) -> &str {
        self.name
    }

    fn credentials(&self) -> Result<Arc<dyn OAuthClient>> {
        let grant = self.server.client_credentials().scopes(&self.scopes).audiences(self.audience.as_deref());
        let grant = self.resource.iter().fold(grant, ClientCredentials::resource);
        Ok(Arc::new(grant.named(self.name)))
    }

    fn login(&self, redirect_uri: RedirectUri) -> Result<AuthorizationCode> {
        let login = self.server.authorization_code(redirect_uri)?.scopes(&self.login_scopes);
        Ok(self.resource.iter().fold(login.audiences(self.audience.as_deref()), AuthorizationCode::resource))
    }

    fn device_login(&self) -> Result<DeviceAuthorization> {
        let login = self.server.device_authorization()?.scopes(&self.login_scopes);
        Ok(self.resource.iter().fold(login.audiences(self.audience.as_deref()), DeviceAuthorization::resource))
    }

    fn stored_login(&self, name: &str) -> Result<StoredLogin> {
        let login = self.server.stored_login(name).audiences(self.audience.as_deref());
        Ok(self.resource.iter().fold(login, StoredLogin::resource))
    }

    async fn identity(&self, login: &Login) -> Result<Person> {
        ProfileMapping::openid().fetch(login, &self.server.client().await?).await
    }

    fn revocation(&self) -> Result<Revocation> {
        self.server.revocation()
    }

    fn introspection(&self) -> Result<Introspection> {
        self.server.introspection()
    }
}
