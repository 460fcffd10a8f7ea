mod authentication;
mod provider;
mod server;
mod tenant;
mod tenant_client;

use grantkit::provider::{ConfigErrors, ConfigKey, Provider, ProviderConfig, ProviderSettings, declare_capabilities};
use grantkit::{ProviderClient, Result, SecretString};
use serde::Deserialize;

pub use tenant_client::Auth0Tenant;

/// Auth0: logins of persons, in a browser and on other devices, and tokens for the program itself, for one API (RFC 6749 §4.4; Auth0
/// Authentication API). What else a tenant has is with [`Auth0Tenant`]: its management API, backchannel logins, custom token exchange.
///
/// | key | | meaning |
/// |---|---|---|
/// | `tenant` | required | `acme`, `acme.eu` or a domain; see below |
/// | `client_id` | required | of the application; for a token of the program itself its type is "Machine to Machine" |
/// | `client_secret` | required, or a private key or certificate | of the application |
/// | `private_key`, `private_key_file` | | a private key in PEM, whose public key the application has: `private_key_jwt` |
/// | `private_key_id` | | the key's ID (`kid`) |
/// | `client_certificate_file` | | path of a certificate with its private key in PEM: requests go to the custom domain's mTLS endpoints |
/// | `token_endpoint_auth_method` | | `client_secret_post`, which is Auth0's default, `client_secret_basic`, `private_key_jwt`, `tls_client_auth`, `self_signed_tls_client_auth`, or `none` for an application without a secret |
/// | `audience` | | the API's identifier in the dashboard |
/// | `scopes` | | permissions of that API; the program itself gets all that are granted unless given, and a login has those of OpenID beside them |
/// | `offline_access` | | whether logins ask for a refresh token; they do unless told otherwise |
/// | `organization` | | the organization that the token acts for, or whose members log in, by name or ID |
///
/// ```sh
/// BILLING_TENANT=acme.eu
/// BILLING_CLIENT_ID=EK3hN8gZ6mBYD1qPq0oEMCzJKzzYYPkc
/// BILLING_CLIENT_SECRET=..
/// BILLING_AUDIENCE=https://api.acme.dev
/// ```
///
/// # Logins
///
/// A refresh token comes where the API allows offline access. With rotation on, each use brings a new one and the tenant's overlap period
/// says for how long the last one still works. With `organization`, a person of another one is refused by
/// [`identity`](ProviderClient::identity).
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
#[derive(Debug, Deserialize)]
pub struct Auth0Config {
    tenant: String,
    client_id: String,
    client_secret: Option<SecretString>,
    private_key: Option<SecretString>,
    private_key_file: Option<String>,
    private_key_id: Option<String>,
    client_certificate_file: Option<String>,
    token_endpoint_auth_method: Option<String>,
    audience: Option<String>,
    #[serde(default)]
    scopes: Vec<String>,
    offline_access: Option<bool>,
    organization: Option<String>,
}

/// By hand, as the secret is required unless there is something else to prove with.
impl ProviderConfig for Auth0Config {
    const KEYS: &'static [ConfigKey] = &[
        ConfigKey::new::<String>("tenant", "The tenant: `acme`, `acme.eu` or a domain."),
        ConfigKey::new::<String>("client_id", "The application's client ID."),
        ConfigKey::new::<SecretString>("client_secret", "The application's client secret.").unless(&[
            "private_key",
            "private_key_file",
            "client_certificate_file",
            "token_endpoint_auth_method",
        ]),
        ConfigKey::new::<Option<SecretString>>("private_key", "The application's private key, in PEM."),
        ConfigKey::new::<Option<String>>("private_key_file", "The path of the private key, in PEM."),
        ConfigKey::new::<Option<String>>("private_key_id", "The ID of the private key (`kid`)."),
        ConfigKey::new::<Option<String>>(
            "client_certificate_file",
            "The path of a certificate with its private key, in PEM.",
        ),
        ConfigKey::new::<Option<String>>(
            "token_endpoint_auth_method",
            "How the client authenticates: `client_secret_post` unless given, or what fits the key or certificate.",
        ),
        ConfigKey::new::<Option<String>>("audience", "The identifier of the API that the token is for."),
        ConfigKey::new::<Vec<String>>("scopes", "The permissions to ask for; all that are granted unless given."),
        ConfigKey::new::<Option<bool>>(
            "offline_access",
            "Whether logins ask for a refresh token; they do unless told otherwise.",
        ),
        ConfigKey::new::<Option<String>>(
            "organization",
            "The organization that the token acts for, or whose members log in, by name or ID.",
        ),
    ];
}

declare_capabilities!(Auth0: Credentials, Login, DeviceLogin, Identity, Revocation, Api);

impl Provider for Auth0 {
    const NAME: &'static str = "auth0";
    const TITLE: &'static str = "Auth0";
    const REGISTRATION_URL: Option<&'static str> = Some("https://manage.auth0.com/");
    const LOGIN_SCOPES: &'static [&'static str] = &["openid", "profile", "email"];

    type Config = Auth0Config;

    fn check(settings: &ProviderSettings, errors: &mut ConfigErrors) {
        if let Some(Err(why)) = settings.text("tenant").map(tenant::base_url) {
            errors.wrong("tenant", why);
        }
        authentication::check(settings, errors);
    }

    fn connect(config: Auth0Config) -> Result<ProviderClient> {
        Ok(Auth0Tenant::new(config)?.provider())
    }
}

grantkit::provider::register_provider!(Auth0);
