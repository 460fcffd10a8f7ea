mod access;
mod api;
mod expiry;
mod token;

use grantkit::provider::{ConfigErrors, Provider, ProviderConfig, ProviderSettings, declare_capabilities};
use grantkit::{ProviderClient, Result, SecretString};
use serde::Deserialize;

pub use api::{QciAccessToken, QciApi, QciHealth, QciVersion};

use access::Access;
use token::QciToken;

/// Quantum Computing Inc: access tokens of its REST API, for an API token (documentation of `qci-client`, "Authentication").
///
/// | key | | meaning |
/// |---|---|---|
/// | `api_url` | required | where the API is, with or without a slash at the end: `https`, or `http` on a loopback address |
/// | `token` | required | the API token; a secret |
/// | `timeout` | | for how many seconds the server may work on the request: `X-Request-Timeout-Nano`; fractions are allowed |
///
/// With the prefix `QCI` the variables are those of the company's own client:
///
/// ```sh
/// QCI_API_URL=https://api.qci-prod.com
/// QCI_TOKEN=..
/// ```
///
/// ```no_run
/// use grantkit::prelude::*;
/// use grantkit_providers as _;
///
/// async fn organization() -> Result<Option<serde_json::Value>> {
///     let qci = ProviderClient::from_env("qci", "QCI", ())?;
///     let token = qci.credentials().token().await?;
///     Ok(token.extra().get("organization_id").cloned())
/// }
/// ```
///
/// [`QciApi`] is the company's own client: its headers, health and version, and what it says of an access token.
///
/// # Quirks
///
/// - The token service is not OAuth's: it takes JSON, with the API token as `refresh_token`, and states a point in time,
///   `expires_at_rfc3339`, in place of `expires_in`. So this machine's clock has to be right.
/// - An API token stays as it is: no other comes with an access token.
/// - `organization_id` and `user_id` are in the token's [`extra`](grantkit::OAuthToken::extra).
/// - That the API token is refused (401, 403, or an OAuth error) is an error of the [configuration](grantkit::Error::is_configuration).
#[derive(Clone, Copy, Debug)]
pub struct Qci;

/// The keys of [`Qci`], as serde reads them.
#[derive(Debug, Deserialize, ProviderConfig)]
pub struct QciConfig {
    /// Where the API is.
    api_url: String,
    /// The API token.
    token: SecretString,
    /// For how many seconds the server may work on the request.
    timeout: Option<f64>,
}

declare_capabilities!(Qci: Credentials, Api);

impl Provider for Qci {
    const NAME: &'static str = "qci";
    const TITLE: &'static str = "QCi";
    type Config = QciConfig;

    fn check(settings: &ProviderSettings, errors: &mut ConfigErrors) {
        if let Some(Err(why)) = settings.text("api_url").map(access::base_url) {
            errors.wrong("api_url", why);
        }
        if let Some(Err(why)) = access::whole_or_not(settings) {
            errors.wrong("timeout", why);
        }
    }

    fn connect(config: QciConfig) -> Result<ProviderClient> {
        let access = Access::new(&config)?;
        let provider =
            ProviderClient::builder(Self::NAME).credentials(QciToken::new(access.request()?)).api(access.base_url());
        Ok(match access.timeout_header() {
            Some((name, value)) => provider.api_header(name, value).build(),
            None => provider.build(),
        })
    }
}

grantkit::provider::register_provider!(Qci);
