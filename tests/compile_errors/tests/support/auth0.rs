//! A provider for the tests: it answers with a token that tells what it was configured with.

use grantkit::__private::http::StatusCode;
use grantkit::OAuthToken;
use grantkit::credentials::Fingerprint;
use grantkit::prelude::*;
use grantkit::provider::{Provider, ProviderConfig, declare_capabilities};
use grantkit::token::RefreshToken;
use secrecy::ExposeSecret;

pub(crate) struct Auth0;

#[derive(serde::Deserialize, ProviderConfig)]
pub(crate) struct Auth0Config {
    /// The tenant: `acme` of `acme.auth0.com`.
    tenant: String,
    /// The client ID.
    client_id: String,
    /// The client secret.
    client_secret: SecretString,
    /// The API that the token is for.
    audience: Option<String>,
    /// What the token allows.
    #[serde(default)]
    scopes: Vec<String>,
    /// Whether the answer is refused.
    #[serde(default)]
    closed: bool,
}

struct Auth0Client(Auth0Config);

declare_capabilities!(Auth0: Credentials);

impl Provider for Auth0 {
    const NAME: &'static str = "test-auth0";
    type Config = Auth0Config;

    fn connect(config: Auth0Config) -> Result<ProviderClient> {
        if config.tenant.contains(' ') {
            return Err(Error::configuration("`tenant` contains a space"));
        }
        Ok(ProviderClient::new(Auth0Client(config)))
    }
}

#[async_trait]
impl OAuthClient for Auth0Client {
    fn name(&self) -> &'static str {
        "test-auth0"
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        let Auth0Config { tenant, client_id, client_secret, audience, scopes, closed } = &self.0;
        if *closed {
            return Err(Error::configuration("closed"));
        }
        let secret = client_secret.expose_secret().len();
        let audience = audience.as_deref().unwrap_or("none");
        OAuthToken::new(format!("{tenant}.{client_id}.{secret}.{audience}.{}", scopes.join("+")))
    }

    async fn refresh_token(&self, _: &RefreshToken) -> Result<OAuthToken> {
        OAuthToken::new(format!("{}.refreshed", self.0.tenant))
    }

    fn fingerprint(&self) -> Fingerprint {
        let start = Fingerprint::builder().parameter("tenant", &self.0.tenant);
        let start = start.parameter("audience", self.0.audience.clone().unwrap_or_default());
        self.0.scopes.iter().fold(start, |builder, scope| builder.parameter("scope", scope)).build()
    }

    fn unauthorized_status_codes(&self) -> Vec<StatusCode> {
        vec![StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN]
    }
}
