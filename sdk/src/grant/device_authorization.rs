use std::fmt;
use std::time::Duration;

use oauth2::StandardDeviceAuthorizationResponse;
use tokio::time::Instant;

use super::{RequestParameters, TokenEndpoint, request_parameter_methods};
use crate::authn::Authenticated;
use crate::error::{Error, Result};
use crate::token::OAuthToken;
use crate::transport::Repeat;
use crate::wire::Form;

const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// What `slow_down` adds to the interval (RFC 8628 §3.5).
const SLOW_DOWN: Duration = Duration::from_secs(5);
/// Whatever a server asks for: not busier than this, and not so slow that nobody would wait.
const INTERVALS: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(300));
/// Codes live for minutes; a day is as good as any larger number, and sums with it do not overflow.
const LONGEST_LIFE: Duration = Duration::from_secs(24 * 3600);

/// The device authorization grant: a token for a person who logs in on another device (RFC 8628).
///
/// ```no_run
/// use grantkit::prelude::*;
///
/// # async fn example() -> Result<()> {
/// let client = Client::builder()
///     .client_id("tool")
///     .public()
///     .token_endpoint("https://as.example/token")?
///     .device_authorization_endpoint("https://as.example/device")?
///     .build();
/// let grant = client.device_authorization().scope("read:invoices");
/// let pending = grant.start().await?;
/// println!("Open {} and enter {}", pending.verification_uri(), pending.user_code());
/// let token = grant.wait(pending).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "call `.start()`"]
pub struct DeviceAuthorization {
    device_endpoint: Authenticated,
    token_endpoint: TokenEndpoint,
    parameters: RequestParameters,
}

/// A device login that has begun: what to show to the person, and how often to ask whether they are done.
#[must_use = "show the code, then `.wait(..)` or `.poll(..)`"]
pub struct PendingDevice {
    response: StandardDeviceAuthorizationResponse,
    interval: Duration,
    ends: Instant,
}

impl DeviceAuthorization {
    pub(crate) fn new(device_endpoint: Authenticated, token_endpoint: TokenEndpoint) -> Self {
        Self { device_endpoint, token_endpoint, parameters: RequestParameters::default() }
    }

    request_parameter_methods!();

    /// Asks the server for a code to show (RFC 8628 §3.1).
    ///
    /// # Errors
    ///
    /// What the server or the network answered.
    pub async fn start(&self) -> Result<PendingDevice> {
        let mut form = Form::new();
        self.parameters.append_to(&mut form)?;
        let reply = self.device_endpoint.post(form, Repeat::WhenRefused).await?;
        if !reply.answer.status().is_success() {
            return Err(reply.failure("device authorization endpoint"));
        }
        let response: StandardDeviceAuthorizationResponse =
            serde_json::from_slice(reply.answer.body()).map_err(|error| {
                Error::invalid_response("the device authorization response is not the JSON object of RFC 8628 §3.2")
                    .with_source(format!("line {}, column {}", error.line(), error.column()))
            })?;
        let interval = response.interval().clamp(INTERVALS.0, INTERVALS.1);
        let ends = Instant::now() + response.expires_in().min(LONGEST_LIFE);
        Ok(PendingDevice { response, interval, ends })
    }

    /// Asks once whether the person is done; `None` if not yet. Wait [`interval`](PendingDevice::interval) before each.
    ///
    /// # Errors
    ///
    /// [`oauth_code`](Error::oauth_code) `access_denied` where the person refused, `expired_token` where it took too long;
    /// or what the network answered.
    pub async fn poll(&self, pending: &mut PendingDevice) -> Result<Option<OAuthToken>> {
        let mut form = Form::new();
        form.push("grant_type", GRANT_TYPE);
        form.push_secret("device_code", pending.response.device_code().secret());
        match self.token_endpoint.request(form, Repeat::Never).await {
            Ok(token) => Ok(Some(token)),
            Err(error) => match error.oauth_code() {
                Some("authorization_pending") => Ok(None),
                Some("slow_down") => {
                    pending.interval = (pending.interval + SLOW_DOWN).min(INTERVALS.1);
                    Ok(None)
                }
                _ => Err(error),
            },
        }
    }

    /// Waits until the person is done. Dropping the future ends it.
    ///
    /// # Errors
    ///
    /// As [`poll`](Self::poll); a lost connection or a busy server only makes it ask less often (RFC 8628 §3.5).
    pub async fn wait(&self, mut pending: PendingDevice) -> Result<OAuthToken> {
        let mut pause = pending.interval;
        loop {
            tokio::time::sleep_until(pending.ends.min(Instant::now() + pause)).await;
            if Instant::now() >= pending.ends {
                return Err(Error::login_required(
                    "the person did not log in before the device code expired: start again",
                ));
            }
            match self.poll(&mut pending).await {
                Ok(Some(token)) => return Ok(token),
                Ok(None) => pause = pending.interval,
                Err(error) if error.is_retryable() => {
                    pending.interval = (pending.interval * 2).min(INTERVALS.1);
                    pause = pending.interval.max(error.retry_after().unwrap_or_default());
                }
                Err(error) => return Err(error),
            }
        }
    }
}

impl PendingDevice {
    /// What the person enters.
    pub fn user_code(&self) -> &str {
        self.response.user_code().secret()
    }

    /// Where the person enters it.
    pub fn verification_uri(&self) -> &str {
        self.response.verification_uri().as_str()
    }

    /// The same with the code in it, for a QR code.
    pub fn verification_uri_complete(&self) -> Option<&str> {
        self.response.verification_uri_complete().map(|uri| uri.secret().as_str())
    }

    /// How long the code can be used, from when it was received.
    pub fn expires_in(&self) -> Duration {
        self.response.expires_in().min(LONGEST_LIFE)
    }

    /// How long to wait before each [`poll`](DeviceAuthorization::poll).
    pub fn interval(&self) -> Duration {
        self.interval
    }
}

impl fmt::Debug for PendingDevice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingDevice")
            .field("verification_uri", &self.verification_uri())
            .field("interval", &self.interval)
            .finish_non_exhaustive()
    }
}
