use grantkit::provider::{ConfigErrors, Provider, ProviderConfig, ProviderSettings, declare_capabilities};
use grantkit::{ProviderClient, Result, SecretString};
use serde::Deserialize;

use crate::oauth2::{AnyServer, OAuth2Config, check_client, check_url};

/// Any OpenID provider, by its issuer: persons log in, and a token for the program itself (OpenID Connect Core, RFC 6749 §4.4).
///
/// | key | | meaning |
/// |---|---|---|
/// | `issuer` | required | where the provider says all of itself (OpenID Connect Discovery, RFC 8414): `https`, or `http` on a loopback address |
/// | `client_id` | required | as the provider registered it |
/// | `client_secret` | one of these, but for `none` | as the provider registered it |
/// | `private_key_file` | | path of a private key in PEM, for assertions |
/// | `private_key` | | the same key itself |
/// | `client_assertion_file` | | path of an assertion that something else keeps fresh; read for each request |
/// | `client_assertion` | | the platform that gives the assertion, such as `github-actions`: see [`workload`](crate::workload) |
/// | `client_assertion_audience` | | its audience (`aud`), where the provider wants another than its issuer |
/// | `client_assertion_subject` | | whose the assertion is, such as its `sub`: as of [`oauth2`](crate::OAuth2) |
/// | `client_certificate_file` | | path of a certificate with its private key in PEM, for TLS (RFC 8705) |
/// | `private_key_id` | | the key's ID at the provider (`kid`) |
/// | `token_endpoint_auth_method` | | as of [`oauth2`](crate::OAuth2); `none` for an app that can keep no secret |
/// | `token_endpoint_auth_signing_alg` | | how assertions are signed: `ES256`, `PS256`, `HS512`, …; what fits the key unless given |
/// | `scopes` | | what logins ask for beside `openid`, and the program's own tokens alone; a login asks for `openid profile email` unless given |
/// | `offline_access` | | `true`: logins ask for a refresh token, by the scope of this name and the person's consent (OpenID Connect Core §11) |
/// | `audience` | | the API that the token is for, where the provider wants to hear that |
/// | `resource` | | the same by its URL (RFC 8707) |
///
/// ```sh
/// OIDC_ISSUER=https://login.acme.dev
/// OIDC_CLIENT_ID=web
/// OIDC_CLIENT_SECRET=..
/// ```
///
/// # Logins
///
/// A login [begins](grantkit::AuthorizationCode::begin) with the discovery. Who has logged in is known by the standard claims of the
/// ID token and of userinfo (OpenID Connect Core §5.1); an e-mail address is verified where `email_verified` says so.
///
/// ```no_run
/// use grantkit::prelude::*;
/// use grantkit_providers as _;
///
/// async fn log_in(callback: String) -> Result<()> {
///     let server = ProviderClient::from_env("oidc", "OIDC", ())?; // nothing is sent
///     let login = server.login("https://app.example/callback")?;
///     let (url, pending) = login.begin().await?; // send the browser there; it comes back with the callback
///     let login = login.finish(pending, callback).await?;
///     let person = server.identity(&login).await?;
///     Ok(())
/// }
/// ```
///
/// Providers of the [catalogue](crate::catalogue), such as Keycloak, Okta and Entra, go by their names better: what each does otherwise is known.
#[derive(Clone, Copy, Debug)]
pub struct Oidc;

/// The keys of [`Oidc`], as serde reads them.
#[derive(Debug, Deserialize, ProviderConfig)]
pub struct OidcConfig {
    /// The issuer.
    issuer: String,
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
    /// The audience of assertions, where it is not the issuer.
    client_assertion_audience: Option<String>,
    /// Whose the assertion is: machines that say the same share tokens through their store.
    client_assertion_subject: Option<String>,
    /// The path of a certificate with its private key, in PEM.
    client_certificate_file: Option<String>,
    /// The private key's ID at the provider.
    private_key_id: Option<String>,
    /// How the client authenticates, by its name in RFC 7591.
    token_endpoint_auth_method: Option<String>,
    /// How assertions are signed.
    token_endpoint_auth_signing_alg: Option<String>,
    /// What logins ask for beside `openid`, and the program's own tokens alone.
    #[serde(default)]
    scopes: Vec<String>,
    /// Whether logins ask for a refresh token; they do not unless told so.
    offline_access: Option<bool>,
    /// The API that the token is for.
    audience: Option<String>,
    /// The API that the token is for, by its URL (RFC 8707).
    resource: Option<String>,
}

impl OidcConfig {
    fn login_scopes(&self) -> Vec<String> {
        let usual = Oidc::LOGIN_SCOPES.iter().map(|scope| (*scope).to_owned()).filter(|_| self.scopes.is_empty());
        let mut scopes: Vec<_> = usual.chain(self.scopes.iter().cloned()).collect();
        let further = [("openid", true), ("offline_access", self.offline_access == Some(true))];
        for (scope, is_asked_for) in further {
            if is_asked_for && !scopes.iter().any(|one| one == scope) {
                scopes.push(scope.to_owned());
            }
        }
        scopes
    }
}

impl From<OidcConfig> for OAuth2Config {
    fn from(config: OidcConfig) -> Self {
        Self {
            token_endpoint: None,
            issuer: Some(config.issuer),
            authorization_endpoint: None,
            device_authorization_endpoint: None,
            userinfo_endpoint: None,
            revocation_endpoint: None,
            jwks_uri: None,
            client_id: config.client_id,
            client_secret: config.client_secret,
            private_key_file: config.private_key_file,
            private_key: config.private_key,
            client_assertion_file: config.client_assertion_file,
            client_assertion: config.client_assertion,
            client_assertion_audience: config.client_assertion_audience,
            client_assertion_subject: config.client_assertion_subject,
            client_certificate_file: config.client_certificate_file,
            private_key_id: config.private_key_id,
            token_endpoint_auth_method: config.token_endpoint_auth_method,
            token_endpoint_auth_signing_alg: config.token_endpoint_auth_signing_alg,
            scopes: config.scopes,
            audience: config.audience,
            resource: config.resource,
        }
    }
}

declare_capabilities!(Oidc: Credentials, Login, DeviceLogin, Identity, Revocation);

impl Provider for Oidc {
    const NAME: &'static str = "oidc";
    const TITLE: &'static str = "any OpenID provider";
    const ALIASES: &'static [&'static str] = &["openid", "openid-connect"];
    const LOGIN_SCOPES: &'static [&'static str] = &["openid", "profile", "email"];
    type Config = OidcConfig;

    fn check(settings: &ProviderSettings, errors: &mut ConfigErrors) {
        check_url("issuer", settings, errors);
        check_client(settings, errors);
    }

    fn connect(config: OidcConfig) -> Result<ProviderClient> {
        let login_scopes = config.login_scopes();
        Ok(ProviderClient::from_capabilities(AnyServer::new(Self::NAME, config.into(), login_scopes)?))
    }
}

grantkit::provider::register_provider!(Oidc);
