mod tenant;

use grantkit::provider::ConfigMistakes;
use grantkit::provider::{Provider, ProviderConfig, Settings};
use grantkit::{Client, Error, ProviderClient, Result, SecretString};
use serde::Deserialize;

/// Auth0: a token for the program itself, for one API (RFC 6749 §4.4; Auth0 Authentication API, "Client Credentials Flow").
///
/// | key | | meaning |
/// |---|---|---|
/// | `tenant` | required | `acme`, `acme.eu` or a domain; see below |
/// | `client_id` | required | of the application, which is of the type "Machine to Machine" |
/// | `client_secret` | required | of the application |
/// | `audience` | | the API's identifier in the dashboard |
/// | `scopes` | | permissions of that API; all that are granted unless given |
/// | `organization` | | the organization that the token acts for, by name or ID |
/// | `token_endpoint_auth_method` | | `client_secret_post`, which is Auth0's default, or `client_secret_basic` |
///
/// ```sh
/// BILLING_TENANT=acme.eu
/// BILLING_CLIENT_ID=EK3hN8gZ6mBYD1qPq0oEMCzJKzzYYPkc
/// BILLING_CLIENT_SECRET=..
/// BILLING_AUDIENCE=https://api.acme.dev
/// ```
///
/// # The audience
///
/// It may be left out only where Auth0 knows what to do without: else it answers `access_denied`, or with an opaque token
/// that no API of yours accepts. The tenant's default audience does not always hold for this grant.
///
/// # The tenant
///
/// | written | asked |
/// |---|---|
/// | `acme` | `https://acme.auth0.com` |
/// | `acme.eu`, and every other region of two letters | `https://acme.eu.auth0.com` |
/// | `acme.eu.auth0.com`, `https://acme.eu.auth0.com/` | `https://acme.eu.auth0.com` |
/// | `login.acme.dev`, a custom domain | `https://login.acme.dev` |
/// | `http://127.0.0.1:8080`, `https://auth0.test:8443`, a stand-in for tests | the same; `http` on a loopback address only |
///
/// A name with two parts is never taken for a custom domain if the last has two letters: the secret would go to that domain's owner.
#[derive(Clone, Copy, Debug)]
pub struct Auth0;

/// The keys of [`Auth0`], as serde reads them.
#[derive(Debug, Deserialize, ProviderConfig)]
pub struct Auth0Config {
    /// The tenant: `acme`, `acme.eu` or a domain.
    tenant: String,
    /// The application's client ID.
    client_id: String,
    /// The application's client secret.
    client_secret: SecretString,
    /// The identifier of the API that the token is for.
    audience: Option<String>,
    /// The permissions to ask for; all that are granted unless given.
    #[serde(default)]
    scopes: Vec<String>,
    /// The organization that the token acts for, by name or ID.
    organization: Option<String>,
    /// How the client authenticates: `client_secret_post` (the default) or `client_secret_basic`.
    token_endpoint_auth_method: Option<String>,
}

impl Provider for Auth0 {
    const NAME: &'static str = "auth0";
    type Config = Auth0Config;

    fn check(settings: &Settings, mistakes: &mut ConfigMistakes) {
        if let Some(Err(why)) = settings.text("tenant").map(tenant::base_url) {
            mistakes.wrong("tenant", why);
        }
        if let Some(Err(why)) = settings.text("token_endpoint_auth_method").map(is_post) {
            mistakes.wrong("token_endpoint_auth_method", why);
        }
    }

    fn connect(config: Auth0Config) -> Result<ProviderClient> {
        let token_endpoint = format!("{}/oauth/token", tenant::base_url(&config.tenant)?);
        let client = Client::builder().token_endpoint(&token_endpoint)?.client_id(config.client_id);
        let is_post = config.token_endpoint_auth_method.as_deref().map_or(Ok(true), is_post)?;
        let client = if is_post {
            client.client_secret_post(config.client_secret)
        } else {
            client.client_secret_basic(config.client_secret)
        };
        let grant = client.build().client_credentials().scopes(config.scopes).audiences(config.audience);
        let grant = config.organization.into_iter().fold(grant, |grant, name| grant.parameter("organization", name));
        Ok(ProviderClient::new(grant.named(Self::NAME)))
    }
}

grantkit::provider::register_provider!(Auth0);

/// By the method's name in RFC 7591.
fn is_post(method: &str) -> Result<bool> {
    match method {
        "client_secret_post" => Ok(true),
        "client_secret_basic" => Ok(false),
        other => Err(Error::configuration(format!(
            "it is {other:?}, and Auth0 takes client_secret_post or client_secret_basic"
        ))),
    }
}
