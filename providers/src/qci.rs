mod client;
mod expiry;

use grantkit::grant::JsonTokenRequest;
use grantkit::provider::ConfigMistakes;
use grantkit::provider::{Provider, ProviderConfig, Settings};
use grantkit::{Error, ProviderClient, Result, SecretString};
use http::{HeaderName, HeaderValue};
use secrecy::ExposeSecret;
use serde::Deserialize;

use client::QciClient;

/// Quantum Computing Inc: access tokens of its REST API, for an API token (documentation of `qci-client`, "Authentication").
///
/// | key | | meaning |
/// |---|---|---|
/// | `api_url` | required | where the API is, with or without a slash at the end: `https`, or `http` on a loopback address |
/// | `token` | required | the API token; a secret |
/// | `timeout` | | for how many seconds the server may work on the request: `X-Request-Timeout-Nano` |
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
/// # async fn example() -> Result<()> {
/// let qci = ProviderClient::from_env("qci", "QCI", Settings::new())?;
/// let token = qci.credentials().token().await?;
/// let organization = token.extra().get("organization_id");
/// # Ok(())
/// # }
/// ```
///
/// # Quirks
///
/// - The token service is not OAuth's: it takes JSON, with the API token as `refresh_token`, and states a point in time,
///   `expires_at_rfc3339`, in place of `expires_in`. So this machine's clock has to be right.
/// - An API token stays as it is: no other comes with an access token.
/// - `organization_id` and `user_id` are in the token's [`extra`](grantkit::OAuthToken::extra).
/// - That the API token is refused (401, 403) is an error of the [configuration](grantkit::Error::is_configuration).
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
    timeout: Option<u64>,
}

impl Provider for Qci {
    const NAME: &'static str = "qci";
    type Config = QciConfig;

    fn check(settings: &Settings, mistakes: &mut ConfigMistakes) {
        if let Some(Err(why)) = settings.text("api_url").map(request) {
            mistakes.wrong("api_url", why);
        }
        if let Some(Err(why)) = settings.number("timeout").map(nanoseconds) {
            mistakes.wrong("timeout", why);
        }
    }

    fn connect(config: QciConfig) -> Result<ProviderClient> {
        let request = request(&config.api_url)?;
        let request = request.secret_member("refresh_token", config.token.expose_secret()).repeatable();
        let request = match config.timeout {
            Some(seconds) => request.header(HeaderName::from_static("x-request-timeout-nano"), nanoseconds(seconds)?),
            None => request,
        };
        Ok(ProviderClient::new(QciClient::new(request)))
    }
}

grantkit::provider::register_provider!(Qci);

fn request(api_url: &str) -> Result<JsonTokenRequest> {
    let api_url = api_url.trim();
    if api_url.contains(['?', '#']) {
        return Err(Error::configuration(
            "it is where the API is, and has neither a query (`?..`) nor a fragment (`#..`)",
        ));
    }
    let slash = if api_url.ends_with('/') { "" } else { "/" };
    JsonTokenRequest::new(&format!("{api_url}{slash}auth/v1/access-tokens/"))
}

fn nanoseconds(seconds: u64) -> Result<HeaderValue> {
    let nanoseconds = seconds.checked_mul(1_000_000_000);
    let too_long = || Error::configuration(format!("{seconds} seconds are too long to be sent"));
    nanoseconds.map(HeaderValue::from).ok_or_else(too_long)
}
