mod authentication;
mod certificate;
mod check;
mod credential;
mod provider;
mod server;

use grantkit::provider::ConfigErrors;
use grantkit::provider::{Provider, ProviderConfig, ProviderSettings, declare_capabilities};
use grantkit::{ProviderClient, Result, SecretString};
use serde::Deserialize;

pub(crate) use check::{check_client, check_url};
pub(crate) use provider::AnyServer;

/// Any server: a token for the program itself (RFC 6749 §4.4), and logins of persons.
///
/// | key | | meaning |
/// |---|---|---|
/// | `token_endpoint` | required, or `issuer` | its URL: `https`, or `http` on a loopback address |
/// | `issuer` | required, or `token_endpoint` | finds all endpoints (RFC 8414, OpenID Connect Discovery); beside `token_endpoint` it is the audience of assertions, and whose callbacks and ID tokens are |
/// | `authorization_endpoint` | for logins, beside `token_endpoint` | where persons log in |
/// | `device_authorization_endpoint` | | where they begin to on another device (RFC 8628) |
/// | `userinfo_endpoint` | | says who has logged in (OpenID Connect Core §5.3) |
/// | `revocation_endpoint` | | revokes tokens (RFC 7009) |
/// | `jwks_uri` | | the server's keys, with which ID tokens are verified; takes `issuer` |
/// | `client_id` | required | as the server registered it |
/// | `client_secret` | one of these, but for `none` | as the server registered it |
/// | `private_key_file` | | path of a private key in PEM, for assertions |
/// | `private_key` | | the same key itself |
/// | `client_assertion_file` | | path of an assertion that something else keeps fresh, as Kubernetes does; read for each request |
/// | `client_assertion` | | the platform that gives the assertion, such as `github-actions`: see [`workload`](crate::workload) |
/// | `client_assertion_audience` | | its audience (`aud`), where the server wants another than its issuer |
/// | `client_assertion_subject` | | whose the assertion is, such as its `sub`; see below |
/// | `client_certificate_file` | | path of a certificate with its private key in PEM, for TLS; beside another method it binds tokens (RFC 8705 §3) |
/// | `private_key_id` | | the key's ID at the server (`kid`) |
/// | `token_endpoint_auth_method` | | see below |
/// | `token_endpoint_auth_signing_alg` | | how assertions are signed: `ES256`, `PS256`, `HS512`, …; what fits the key unless given |
/// | `scopes` | | what to ask for; a login with `openid` among them is one of OpenID Connect, for which [`oidc`](crate::Oidc) has fewer keys |
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
/// # Logins
///
/// Where the issuer alone is known, a login [begins](grantkit::AuthorizationCode::begin) with the discovery:
///
/// ```no_run
/// use grantkit::prelude::*;
/// use grantkit_providers as _;
///
/// async fn log_in(callback: String) -> Result<()> {
///     let server = ProviderClient::from_env("oauth2", "LOGIN", ())?;
///     let login = server.login("https://app.example/callback")?;
///     let (url, pending) = login.begin().await?; // send the browser there; it comes back with the callback
///     let login = login.finish(pending, callback).await?;
///     Ok(())
/// }
/// ```
///
/// Who has logged in is known by the standard claims (OpenID Connect Core §5.1) of userinfo and of the ID token. A server that has neither says it
/// in a way of its own: [write a provider](crate#writing-a-provider) for it.
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
/// | `none` | nothing | an app that can keep no secret, and logs persons in; or where the network says who the client is |
///
/// Unless given, it follows from what the client has, and with `issuer` alone from what the server's metadata lists as well.
///
/// # A fleet that proves itself by assertions
///
/// A file, or the account that a machine runs as, may belong to another subject on the next machine: tokens obtained with it stay in the process, and
/// each process asks for its own. Where all machines are one subject, `client_assertion_subject` says so, and they share the tokens
/// through their store ([`workload::OfSubject`](crate::workload::OfSubject)).
///
/// ```sh
/// BILLING_CLIENT_ASSERTION=kubernetes
/// BILLING_CLIENT_ASSERTION_SUBJECT=system:serviceaccount:shop:billing
/// ```
#[derive(Clone, Copy, Debug)]
pub struct OAuth2;

/// The keys of [`OAuth2`], as serde reads them.
#[derive(Debug, Deserialize, ProviderConfig)]
pub struct OAuth2Config {
    /// The URL of the token endpoint.
    pub(crate) token_endpoint: Option<String>,
    /// The issuer, to find all endpoints by.
    pub(crate) issuer: Option<String>,
    /// The URL of the authorization endpoint, for logins.
    pub(crate) authorization_endpoint: Option<String>,
    /// The URL of the device authorization endpoint.
    pub(crate) device_authorization_endpoint: Option<String>,
    /// The URL of the userinfo endpoint.
    pub(crate) userinfo_endpoint: Option<String>,
    /// The URL of the revocation endpoint.
    pub(crate) revocation_endpoint: Option<String>,
    /// The URL of the server's keys, for ID tokens.
    pub(crate) jwks_uri: Option<String>,
    /// The client ID.
    pub(crate) client_id: String,
    /// The client secret.
    pub(crate) client_secret: Option<SecretString>,
    /// The path of a private key in PEM.
    pub(crate) private_key_file: Option<String>,
    /// The private key itself, in PEM.
    pub(crate) private_key: Option<SecretString>,
    /// The path of an assertion that something else keeps fresh.
    pub(crate) client_assertion_file: Option<String>,
    /// The platform that gives the assertion.
    pub(crate) client_assertion: Option<String>,
    /// The audience of assertions, where it is not the server's issuer.
    pub(crate) client_assertion_audience: Option<String>,
    /// Whose the assertion is: machines that say the same share tokens through their store.
    pub(crate) client_assertion_subject: Option<String>,
    /// The path of a certificate with its private key, in PEM.
    pub(crate) client_certificate_file: Option<String>,
    /// The private key's ID at the server.
    pub(crate) private_key_id: Option<String>,
    /// How the client authenticates, by its name in RFC 7591.
    pub(crate) token_endpoint_auth_method: Option<String>,
    /// How assertions are signed.
    pub(crate) token_endpoint_auth_signing_alg: Option<String>,
    /// The scopes to ask for.
    #[serde(default)]
    pub(crate) scopes: Vec<String>,
    /// The API that the token is for.
    pub(crate) audience: Option<String>,
    /// The API that the token is for, by its URL (RFC 8707).
    pub(crate) resource: Option<String>,
}

declare_capabilities!(OAuth2: Credentials, Login, DeviceLogin, Identity, Revocation);

impl Provider for OAuth2 {
    const NAME: &'static str = "oauth2";
    const TITLE: &'static str = "any OAuth 2 server";
    const ALIASES: &'static [&'static str] = &["oauth"];
    type Config = OAuth2Config;

    fn check(settings: &ProviderSettings, errors: &mut ConfigErrors) {
        check::check_places(settings, errors);
        check_client(settings, errors);
    }

    fn connect(config: OAuth2Config) -> Result<ProviderClient> {
        let logins = config.scopes.clone();
        Ok(ProviderClient::from_capabilities(AnyServer::new(Self::NAME, config, logins)?))
    }
}

grantkit::provider::register_provider!(OAuth2);
