//! A profile that is connected: what the commands ask for tokens.

mod issuer;
mod provider;

use grantkit::api::ApiClientBuilder;
use grantkit::authorize::RedirectUri;
use grantkit::endpoint::{Introspection, Revocation};
use grantkit::grant::{DeviceAuthorization, Login, StoredLogin};
use grantkit::transport::Transport;
use grantkit::{ApiClient, AuthorizationCode, Client, Credentials, OAuthToken, ProviderClient, SecretString};

pub(crate) use self::issuer::{ASSERTION_FILE, KEYS as ISSUER_KEYS};
pub(crate) use self::provider::plugin;
#[cfg(test)]
pub(crate) use self::provider::settings as provider_settings;
use crate::failure::Failure;
use crate::identity::Identity;
use crate::metadata::Age;
use crate::profile::{Grant, Profile};
use crate::revoked;
use crate::vault::Vault;

/// The key of a client's secret.
pub(crate) const CLIENT_SECRET: &str = "client_secret";

/// What the profile's server can be asked.
pub(crate) struct Service {
    pub(crate) name: String,
    pub(crate) profile: Profile,
    pub(crate) vault: Vault,
    server: Server,
    /// With the certificate of the client, where it has one.
    transport: Option<Transport>,
}

enum Server {
    /// Of the metadata that the issuer publishes.
    Issuer(Box<Client>),
    /// Of the catalogue.
    Provider(ProviderClient),
}

impl Service {
    /// With metadata of the issuer that may be as old.
    pub(crate) async fn connect(name: &str, profile: &Profile, vault: Vault, age: Age) -> Result<Self, Failure> {
        let (server, transport) = match (&profile.issuer, &profile.provider) {
            (Some(issuer), None) => {
                let (client, transport) = issuer::client(name, issuer, profile, &vault, age).await?;
                (Server::Issuer(Box::new(client)), transport)
            }
            (None, Some(name_of_provider)) => {
                (Server::Provider(provider::client(name, name_of_provider, profile, &vault).await?), None)
            }
            _ => {
                let both = format!("profile {name:?} needs either `issuer` or `provider`");
                return Err(Failure::configuration(both).of_profile(name));
            }
        };
        Ok(Self { name: name.to_owned(), profile: profile.clone(), vault, server, transport })
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
        let login = match &self.server {
            Server::Issuer(client) => match issuer::grant_without_login(client, &self.name, &self.profile)? {
                Some(grant) => return Ok(Credentials::builder(grant).store(store).build()),
                None => client.stored_login(&self.name),
            },
            Server::Provider(provider) => match self.profile.grant {
                Grant::Login => provider.stored_login(&self.name)?,
                Grant::ClientCredentials => return Ok(Credentials::builder(provider.clone()).store(store).build()),
                Grant::JwtBearer | Grant::TokenExchange => {
                    let name = &self.name;
                    let other = format!("profile {name:?} has a `grant` that takes a profile with an `issuer`");
                    return Err(Failure::configuration(other).or_next(format!("grantkit profiles set {name} grant=")));
                }
            },
        };
        let login = self.profile.resource.iter().fold(login, StoredLogin::resource);
        Ok(login.audiences(&self.profile.audience).credentials_in(store))
    }

    /// The access token, refreshed where it has to be: one that was revoked is not given out.
    pub(crate) async fn token(&self, credentials: &Credentials) -> Result<OAuthToken, Failure> {
        let of_profile = |error: grantkit::Error| Failure::from(error).of_profile(&self.name);
        let token = credentials.token().await.map_err(of_profile)?;
        if revoked::is_marked(&self.vault, &self.name, token.access_token().secret()).await? {
            return credentials.refresh().await.map_err(of_profile);
        }
        Ok(token)
    }

    /// The API of the profile, or else of the provider.
    pub(crate) fn api(&self, credentials: Credentials) -> Result<ApiClient, Failure> {
        match (&self.profile.api, &self.server) {
            (Some(base), _) => {
                let api = ApiClient::builder(base, credentials);
                // Tokens that are bound to a certificate are sent with it (RFC 8705 §3).
                Ok(self.transport.iter().fold(api, ApiClientBuilder::transport).build()?)
            }
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
        Ok(Some(Identity::of_userinfo(claims.subject(), &claims.claims()?)))
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
            Server::Provider(provider) => provider
                .introspection()
                .map_err(|error| Failure::from(error).or_next("grantkit decode <token>, where it is a JWT")),
        }
    }
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
