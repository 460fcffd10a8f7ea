use std::time::Duration;

use grantkit::grant::JsonTokenRequest;
use grantkit::provider::ProviderSettings;
use grantkit::{Error, Result, SecretString};
use http::{HeaderName, HeaderValue};
use secrecy::ExposeSecret as _;

use super::QciConfig;

const TIMEOUT: HeaderName = HeaderName::from_static("x-request-timeout-nano");

/// Where the API is, and how it is asked.
#[derive(Clone)]
pub(super) struct Access {
    /// With a slash at the end.
    base_url: String,
    token: SecretString,
    timeout: Option<(Duration, HeaderValue)>,
}

impl Access {
    pub(super) fn new(config: &QciConfig) -> Result<Self> {
        let timeout = match config.timeout {
            Some(seconds) => {
                Some((Duration::try_from_secs_f64(seconds).map_err(|_| too_long(seconds))?, nanoseconds(seconds)?))
            }
            None => None,
        };
        Ok(Self { base_url: base_url(&config.api_url)?, token: config.token.clone(), timeout })
    }

    pub(super) fn base_url(&self) -> &str {
        &self.base_url
    }

    pub(super) fn timeout(&self) -> Option<Duration> {
        self.timeout.as_ref().map(|(timeout, _)| *timeout)
    }

    pub(super) fn timeout_header(&self) -> Option<(HeaderName, HeaderValue)> {
        self.timeout.as_ref().map(|(_, value)| (TIMEOUT, value.clone()))
    }

    pub(super) fn request(&self) -> Result<JsonTokenRequest> {
        let request = token_request(&self.base_url)?;
        let request = request.secret_member("refresh_token", self.token.expose_secret()).repeatable();
        Ok(match self.timeout_header() {
            Some((name, value)) => request.header(name, value),
            None => request,
        })
    }
}

/// With a slash at the end.
pub(super) fn base_url(api_url: &str) -> Result<String> {
    let api_url = api_url.trim();
    if api_url.contains(['?', '#']) {
        return Err(Error::configuration(
            "it is where the API is, and has neither a query (`?..`) nor a fragment (`#..`)",
        ));
    }
    let slash = if api_url.ends_with('/') { "" } else { "/" };
    let base_url = format!("{api_url}{slash}");
    token_request(&base_url).map(drop)?;
    Ok(base_url)
}

fn token_request(base_url: &str) -> Result<JsonTokenRequest> {
    JsonTokenRequest::new(&format!("{base_url}auth/v1/access-tokens/"))
}

/// What is wrong with the time-out, where one is given.
pub(super) fn whole_or_not(settings: &ProviderSettings) -> Option<Result<()>> {
    match settings.number("timeout") {
        Some(seconds) if seconds.checked_mul(1_000_000_000).is_none() => Some(Err(too_long(seconds))),
        _ => settings.decimal("timeout").map(|seconds| nanoseconds(seconds).map(drop)),
    }
}

fn nanoseconds(seconds: f64) -> Result<HeaderValue> {
    if seconds < 0.0 {
        return Err(Error::configuration(format!("{seconds} seconds are less than none")));
    }
    let time = Duration::try_from_secs_f64(seconds).map_err(|_| too_long(seconds))?;
    u64::try_from(time.as_nanos()).map(HeaderValue::from).map_err(|_| too_long(seconds))
}

fn too_long(seconds: impl std::fmt::Display) -> Error {
    Error::configuration(format!("{seconds} seconds are too long to be sent"))
}
