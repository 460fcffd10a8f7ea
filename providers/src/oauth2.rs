use grantkit::{Client, ClientCredentials, Error, Provider, ProviderClient, ProviderConfig, Result, SecretString};
use secrecy::ExposeSecret;
use serde::Deserialize;

use crate::check::none_is_empty;

/// Any server with a token endpoint: a token for the program itself (RFC 6749 §4.4).
///
/// | key | | meaning |
/// |---|---|---|
/// | `token_endpoint` | required | its URL: `https`, or `http` on a loopback address |
/// | `client_id` | required | as the server registered it |
/// | `client_secret` | required | as the server registered it |
/// | `scopes` | | what to ask for |
/// | `audience` | | the API that the token is for, where the server wants to hear that |
/// | `resource` | | the same by its URL (RFC 8707) |
/// | `authentication` | | `client_secret_basic`, which every server has to accept, or `client_secret_post` |
///
/// ```sh
/// BILLING_TOKEN_ENDPOINT=https://login.acme.dev/token
/// BILLING_CLIENT_ID=billing
/// BILLING_CLIENT_SECRET=..
/// BILLING_SCOPES="read:invoices write:invoices"
/// ```
#[derive(Clone, Copy, Debug)]
pub struct OAuth2;

/// The keys of [`OAuth2`], as serde reads them.
#[derive(Debug, Deserialize, ProviderConfig)]
pub struct OAuth2Config {
    /// The URL of the token endpoint.
    token_endpoint: String,
    /// The client ID.
    client_id: String,
    /// The client secret.
    client_secret: SecretString,
    /// The scopes to ask for.
    #[serde(default)]
    scopes: Vec<String>,
    /// The API that the token is for.
    audience: Option<String>,
    /// The API that the token is for, by its URL (RFC 8707).
    resource: Option<String>,
    /// How the client authenticates: `client_secret_basic` (the default) or `client_secret_post`.
    authentication: Option<String>,
}

impl Provider for OAuth2 {
    const NAME: &'static str = "oauth2";
    type Config = OAuth2Config;

    fn connect(config: OAuth2Config) -> Result<ProviderClient> {
        config.check()?;
        let client = Client::builder().token_endpoint(&config.token_endpoint)?.client_id(config.client_id);
        let client = match config.authentication.as_deref() {
            None | Some("client_secret_basic") => client.client_secret_basic(config.client_secret),
            Some("client_secret_post") => client.client_secret_post(config.client_secret),
            Some(other) => {
                return Err(Error::configuration(format!(
                    "`authentication` is {other:?}: write client_secret_basic or client_secret_post"
                )));
            }
        };
        let grant = client.build().client_credentials().scopes(config.scopes).audiences(config.audience);
        let grant = config.resource.into_iter().fold(grant, ClientCredentials::resource);
        Ok(ProviderClient::new(grant.named(Self::NAME)))
    }
}

grantkit::register_provider!(OAuth2);

impl OAuth2Config {
    fn check(&self) -> Result<()> {
        none_is_empty(
            OAuth2::NAME,
            [
                ("token_endpoint", Some(self.token_endpoint.as_str())),
                ("client_id", Some(self.client_id.as_str())),
                ("client_secret", Some(self.client_secret.expose_secret())),
                ("audience", self.audience.as_deref()),
                ("resource", self.resource.as_deref()),
            ],
        )
    }
}
