//! A profile that is connected: what the commands ask for tokens.

use grantkit::authorize::RedirectUri;
use grantkit::endpoint::{Introspection, Revocation};
use grantkit::grant::{DeviceAuthorization, Login};
use grantkit::provider::{ConfigKind, ProviderPlugin, Settings, providers};
use grantkit::{ApiClient, AuthorizationCode, Client, Credentials, ProviderClient, SecretString};
use secrecy::ExposeSecret as _;

use crate::dpop_key;
use crate::failure::Failure;
use crate::identity::Identity;
use crate::profile::{Grant, Profile};
use crate::vault::Vault;

/// The key of a client's secret.
pub(crate) const CLIENT_SECRET: &str = "client_secret";

/// What the profile's server can be asked.
pub(crate) struct Service {
    pub(crate) name: String,
    pub(crate) profile: Profile,
    pub(crate) vault: Vault,
    server: Server,
}

enum Server {
    /// Of the metadata that the issuer publishes.
    Issuer(Box<Client>),
    /// Of the catalogue.
    Provider(ProviderClient),
}

impl Service {
    pub(crate) async fn connect(name: &str, profile: &Profile, vault: Vault) -> Result<Self, Failure> {
        let server = match (&profile.issuer, &profile.provider) {
            (Some(issuer), None) => Server::Issuer(Box::new(client(name, issuer, profile, &vault).await?)),
            (None, Some(provider)) => Server::Provider(provider_client(name, provider, profile, &vault).await?),
            _ => {
                let both = format!("profile {name:?} needs either `issuer` or `provider`");
                return Err(Failure::configuration(both).of_profile(name));
            }
        };
        Ok(Self { name: name.to_owned(), profile: profile.clone(), vault, server })
    }

    /// A login in a browser.
    pub(crate) fn login(&self, redirect_uri: RedirectUri) -> Result<AuthorizationCode, Failure> {
        let login = match &self.server {
            Server::Issuer(client) => client.authorization_code(redirect_uri)?.scopes(&self.profile.scopes),
            Server::Provider(provider) => provider.login(redirect_uri)?,
        };
        let login = self.profile.resource.iter().fold(login, AuthorizationCode::resource);
        Ok(login.audiences(&self.profile.audience))
    }

    /// A login on another device.
    pub(crate) fn device_login(&self) -> Result<DeviceAuthorization, Failure> {
        let login = match &self.server {
            Server::Issuer(client) => client.device_authorization()?.scopes(&self.profile.scopes),
            Server::Provider(provider) => provider.device_login()?,
        };
        let login = self.profile.resource.iter().fold(login, DeviceAuthorization::resource);
        Ok(login.audiences(&self.profile.audience))
    }

    /// Keeps the login for all copies of the program.
    pub(crate) async fn keep(&self, login: Login) -> Result<Credentials, Failure> {
        Ok(login.credentials_in(self.vault.store(), &self.name).await?)
    }

    /// The tokens: of the login that is kept, or of the client itself.
    pub(crate) fn credentials(&self) -> Result<Credentials, Failure> {
        let store = self.vault.store();
        match (&self.server, self.profile.grant) {
            (Server::Issuer(client), Grant::Login) => {
                let login = client.stored_login(&self.name);
                let login = self.profile.resource.iter().fold(login, grantkit::grant::StoredLogin::resource);
                Ok(login.audiences(&self.profile.audience).credentials_in(store))
            }
            (Server::Provider(provider), Grant::Login) => {
                let login = provider.stored_login(&self.name)?;
                let login = self.profile.resource.iter().fold(login, grantkit::grant::StoredLogin::resource);
                Ok(login.audiences(&self.profile.audience).credentials_in(store))
            }
            (Server::Issuer(client), Grant::ClientCredentials) => {
                let grant = client.client_credentials().scopes(&self.profile.scopes);
                let grant = self.profile.resource.iter().fold(grant, grantkit::grant::ClientCredentials::resource);
                let named = grant.audiences(&self.profile.audience).named(&self.name);
                Ok(Credentials::builder(named).store(store).build())
            }
            (Server::Provider(provider), Grant::ClientCredentials) => {
                Ok(Credentials::builder(provider.clone()).store(store).build())
            }
        }
    }

    /// The API of the profile, or else of the provider.
    pub(crate) fn api(&self, credentials: Credentials) -> Result<ApiClient, Failure> {
        match (&self.profile.api, &self.server) {
            (Some(base), _) => Ok(ApiClient::new(base, credentials)?),
            (None, Server::Provider(provider)) => Ok(provider.api(credentials)?),
            (None, Server::Issuer(_)) => {
                let none = format!("profile {:?} has no `api`, the base URL that its token may be sent to", self.name);
                let next = format!("grantkit profiles set {} api=https://..", self.name);
                Err(Failure::configuration(none).or_next(next))
            }
        }
    }

    /// Who has just logged in, where the server says so.
    pub(crate) async fn identity(&self, login: &Login) -> Result<Option<Identity>, Failure> {
        if let Server::Provider(provider) = &self.server {
            return match provider.identity(login).await {
                Ok(person) => Ok(Some(Identity::of_person(&person))),
                Err(error) if error.is_unsupported() => Ok(None),
                Err(error) => Err(error.into()),
            };
        }
        Ok(login.claims().map(Identity::of_claims))
    }

    /// Who the token is of, by the server's word of now; `None` where it is not asked.
    pub(crate) async fn userinfo(&self, credentials: &Credentials) -> Result<Option<Identity>, Failure> {
        let Server::Issuer(client) = &self.server else { return Ok(None) };
        let userinfo = match client.userinfo() {
            Ok(userinfo) => userinfo,
            Err(error) if error.is_unsupported() => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let token = credentials.token().await?;
        // A login without `openid` has neither an ID token nor userinfo.
        let Some(subject) = token.id_token_claims().map(|claims| claims.subject().to_owned()) else { return Ok(None) };
        let claims = userinfo.fetch(&token, &subject).await?;
        Ok(Some(Identity::of_json(&claims.claims()?)))
    }

    pub(crate) fn revocation(&self) -> Result<Revocation, Failure> {
        match &self.server {
            Server::Issuer(client) => Ok(client.revocation()?),
            Server::Provider(provider) => Ok(provider.revocation()?),
        }
    }

    pub(crate) fn introspection(&self) -> Result<Introspection, Failure> {
        match &self.server {
            Server::Issuer(client) => Ok(client.introspection()?),
            Server::Provider(_) => Err(Failure::configuration(format!(
                "tokens of profile {:?} cannot be introspected: that takes a profile with an `issuer`",
                self.name
            ))
            .or_next("grantkit decode <token>, where it is a JWT")),
        }
    }
}

async fn client(name: &str, issuer: &str, profile: &Profile, vault: &Vault) -> Result<Client, Failure> {
    if let Some(key) = profile.keys.keys().next() {
        let failure = if key == CLIENT_SECRET {
            in_file(name, key)
        } else {
            Failure::configuration(format!("profile {name:?} has an unknown key, `{key}`")).of_profile(name)
        };
        return Err(failure);
    }
    let client_id = profile.client_id.as_deref().ok_or_else(|| {
        Failure::configuration(format!("profile {name:?} has no `client_id`"))
            .or_next(format!("grantkit profiles set {name} client_id=.."))
    })?;
    let builder = Client::builder().client_id(client_id);
    let builder = if profile.dpop { builder.dpop(dpop_key::of_profile(vault, name).await?) } else { builder };
    Ok(match secret(name, CLIENT_SECRET, profile, vault).await? {
        Some(secret) => builder.client_secret(secret).discover(issuer).await?,
        None => builder.public().discover(issuer).await?,
    })
}

/// The catalogue's provider, its keys from the profile, and its secrets from the vault or the environment.
async fn provider_client(
    name: &str,
    provider: &str,
    profile: &Profile,
    vault: &Vault,
) -> Result<ProviderClient, Failure> {
    if profile.dpop {
        let failure = Failure::configuration(format!("profile {name:?}: `dpop` takes a profile with an `issuer`"));
        return Err(failure.of_profile(name));
    }
    let mut settings = Settings::new();
    for (key, value) in &profile.keys {
        let value = serde_json::to_value(value)
            .map_err(|error| Failure::configuration(format!("`{key}`")).caused_by(&error))?;
        settings = settings.with(key, value);
    }
    if let Some(client_id) = &profile.client_id {
        settings = settings.with("client_id", client_id.as_str());
    }
    if !profile.scopes.is_empty() {
        settings = settings.with("scopes", profile.scopes.clone());
    }
    if let Some(plugin) = plugin(provider) {
        for key in plugin.keys().iter().filter(|key| key.kind == ConfigKind::Secret) {
            if profile.keys.contains_key(key.name) {
                return Err(in_file(name, key.name));
            }
            if let Some(secret) = secret(name, key.name, profile, vault).await? {
                settings = settings.with(key.name, secret.expose_secret());
            }
        }
    }
    ProviderClient::connect(provider, settings).map_err(|error| {
        let failure = Failure::from(error);
        match plugin(provider) {
            Some(_) => failure.or_next(format!("grantkit providers {provider}")),
            None => failure.or_next("grantkit providers"),
        }
    })
}

/// The provider of this name.
pub(crate) fn plugin(name: &str) -> Option<&'static ProviderPlugin> {
    providers().into_iter().find(|plugin| plugin.name() == name)
}

async fn secret(name: &str, key: &str, profile: &Profile, vault: &Vault) -> Result<Option<SecretString>, Failure> {
    match profile.environment.get(key) {
        Some(variable) => match std::env::var(variable) {
            Ok(secret) if !secret.is_empty() => Ok(Some(secret.into())),
            _ => Err(Failure::configuration(format!(
                "profile {name:?} has `{key}` in the variable {variable}, which is not set"
            ))
            .or_next(format!("export {variable}=.."))),
        },
        None => vault.secret(name, key).await,
    }
}

/// A secret in the file of profiles, which is neither encrypted nor private.
fn in_file(name: &str, key: &str) -> Failure {
    Failure::configuration(format!(
        "profile {name:?} has the secret `{key}` in the file of profiles: take it out of there"
    ))
    .or_next(format!("grantkit profiles secret {name} {key}"))
}
