mod authentication;
mod certificate;
mod check;
mod credential;

use grantkit::client_auth::AssertionAudience;
use grantkit::grant::ClientCredentials;
use grantkit::provider::ConfigMistakes;
use grantkit::provider::{Provider, ProviderConfig, Settings, declare_capabilities};
use grantkit::{ProviderClient, Result, SecretString};
use serde::Deserialize;

use authentication::Authentication;

/// Any server: a token for the program itself (RFC 6749 §4.4).
///
/// | key | | meaning |
/// |---|---|---|
/// | `token_endpoint` | required, or `issuer` | its URL: `https`, or `http` on a loopback address |
/// | `issuer` | required, or `token_endpoint` | finds the token endpoint (RFC 8414, OpenID Connect Discovery); beside `token_endpoint` it is only the audience of assertions |
/// | `client_id` | required | as the server registered it |
/// | `client_secret` | one of these, but for `none` | as the server registered it |
/// | `private_key_file` | | path of a private key in PEM, for assertions |
/// | `private_key` | | the same key itself |
/// | `client_assertion_file` | | path of an assertion that something else keeps fresh, as Kubernetes does; read for each request |
/// | `client_assertion` | | the platform that gives the assertion, such as `github-actions`: see [`workload`](crate::workload) |
/// | `client_assertion_audience` | | its audience (`aud`), where the server wants another than its issuer |
/// | `client_certificate_file` | | path of a certificate with its private key in PEM, for TLS; beside another method it binds tokens (RFC 8705 §3) |
/// | `private_key_id` | | the key's ID at the server (`kid`) |
/// | `token_endpoint_auth_method` | | see below |
/// | `token_endpoint_auth_signing_alg` | | how assertions are signed: `ES256`, `PS256`, `HS512`, …; what fits the key unless given |
/// | `scopes` | | what to ask for |
/// | `audience` | | the API that the token is for, where the server wants to hear that |
/// | `resource` | | the same by its URL (RFC 8707) |
///
/// ```sh
/// BILLING_ISSUER=https://login.acme.dev
/// BILLING_CLIENT_ID=billing
/// BILLING_CLIENT_SECRET=..
/// BILLING_SCOPES="read:invoices write:invoices"
/// ```
///
/// # How the client authenticates
///
/// | `token_endpoint_auth_method` | with | |
/// |---|---|---|
/// | `client_secret_basic` | `client_secret` | which every server has to accept |
/// | `client_secret_post` | `client_secret` | |
/// | `client_secret_jwt` | `client_secret` | of 32 bytes or more |
/// | `private_key_jwt` | `private_key_file` or `private_key`, or `client_assertion_file` or `client_assertion` | |
/// | `tls_client_auth`, `self_signed_tls_client_auth` | `client_certificate_file` | |
/// | `none` | nothing | where the network says who the client is |
///
/// Unless given, it follows from what the client has, and with `issuer` alone from what the server's metadata lists as well.
#[derive(Clone, Copy, Debug)]
pub struct OAuth2;

/// The keys of [`OAuth2`], as serde reads them.
#[derive(Debug, Deserialize, ProviderConfig)]
pub struct OAuth2Config {
    /// The URL of the token endpoint.
    token_endpoint: Option<String>,
    /// The issuer, to find the token endpoint by.
    issuer: Option<String>,
    /// The client ID.
    client_id: String,
    /// The client secret.
    client_secret: Option<SecretString>,
    /// The path of a private key in PEM.
    private_key_file: Option<String>,
    /// The private key itself, in PEM.
    private_key: Option<SecretString>,
    /// The path of an assertion that something else keeps fresh.
    client_assertion_file: Option<String>,
    /// The platform that gives the assertion.
    client_assertion: Option<String>,
    /// The audience of assertions, where it is not the server's issuer.
    client_assertion_audience: Option<String>,
    /// The path of a certificate with its private key, in PEM.
    client_certificate_file: Option<String>,
    /// The private key's ID at the server.
    private_key_id: Option<String>,
    /// How the client authenticates, by its name in RFC 7591.
    token_endpoint_auth_method: Option<String>,
    /// How assertions are signed.
    token_endpoint_auth_signing_alg: Option<String>,
    /// The scopes to ask for.
    #[serde(default)]
    scopes: Vec<String>,
    /// The API that the token is for.
    audience: Option<String>,
    /// The API that the token is for, by its URL (RFC 8707).
    resource: Option<String>,
}

declare_capabilities!(OAuth2: Credentials);

impl Provider for OAuth2 {
    const NAME: &'static str = "oauth2";
    const TITLE: &'static str = "any OAuth 2 server";
    const ALIASES: &'static [&'static str] = &["oidc", "openid", "openid-connect"];
    type Config = OAuth2Config;

    fn check(settings: &Settings, mistakes: &mut ConfigMistakes) {
        check::check(settings, mistakes);
    }

    fn connect(config: OAuth2Config) -> Result<ProviderClient> {
        let authentication = Authentication::of(&config)?;
        let transport = match &config.client_certificate_file {
            Some(path) => Some(certificate::transport(path)?),
            None => None,
        };
        let OAuth2Config { client_id, scopes, audience, resource, token_endpoint, issuer, .. } = config;
        let client = authentication.builder(&client_id, transport);
        let client = match config.client_assertion_audience {
            Some(audience) => client.assertion_audience(AssertionAudience::Exactly(audience)),
            None => client,
        };
        let grant = match (token_endpoint, issuer) {
            (Some(token_endpoint), None) => client.token_endpoint(&token_endpoint)?.build().client_credentials(),
            (Some(token_endpoint), Some(issuer)) => {
                client.token_endpoint(&token_endpoint)?.issuer(&issuer)?.build().client_credentials()
            }
            // Found when a token is wanted; the SDK keeps the metadata for as long as the server says.
            (None, issuer) => client.discover_lazily(&issuer.unwrap_or_default())?.client_credentials(),
        };
        let grant = grant.scopes(scopes).audiences(audience);
        let grant = resource.into_iter().fold(grant, ClientCredentials::resource);
        Ok(ProviderClient::new(grant.named(Self::NAME)))
    }
}

grantkit::provider::register_provider!(OAuth2);
