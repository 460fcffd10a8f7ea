use std::fmt;
use std::time::Duration;

use oauth2::StandardDeviceAuthorizationResponse;
use serde::{Deserialize, Serialize};

use super::login::{Evidence, Login, LoginServer};
use super::polling::{Question, Schedule};
use super::{RequestParameters, request_parameter_methods};
use crate::authn::Authenticated;
use crate::error::{Error, Result};
use crate::telemetry::Endpoint;
use crate::token::OAuthToken;
use crate::transport::Repeat;
use crate::wire::Form;

const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// The device authorization grant: a token for a person who logs in on another device (RFC 8628).
///
/// With the scope `openid` the ID token is verified (feature `oidc`).
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
/// let credentials = grant.wait(pending).await?.credentials("tool").await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "call `.start()`"]
pub struct DeviceAuthorization {
    device_endpoint: Authenticated,
    server: LoginServer,
    parameters: RequestParameters,
}

/// A device login that has begun: what to show to the person, and how often to ask whether they are done.
///
/// It serialises, with its secrets: keep it where only this program can read it.
#[derive(Clone, Serialize, Deserialize)]
#[must_use = "show the code, then `.wait(..)` or `.poll(..)`"]
pub struct PendingDevice {
    response: StandardDeviceAuthorizationResponse,
    schedule: Schedule,
}

impl DeviceAuthorization {
    pub(crate) fn new(device_endpoint: Authenticated, server: LoginServer) -> Self {
        let device_endpoint = device_endpoint.called(Endpoint::DeviceAuthorization);
        Self { device_endpoint, server, parameters: RequestParameters::default() }
    }

    request_parameter_methods!();

    /// Asks the server for a code to show (RFC 8628 §3.1).
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where an ID token is asked for and could not be verified; or what the
    /// server or the network answered.
    pub async fn start(&self) -> Result<PendingDevice> {
        self.server.check(&self.parameters)?;
        let mut form = Form::new();
        self.parameters.append_to(&mut form)?;
        let reply = self.device_endpoint.post(form, Repeat::AfterLoss).await?;
        if !reply.answer.status().is_success() {
            return Err(reply.failure("device authorization endpoint"));
        }
        let response: StandardDeviceAuthorizationResponse =
            serde_json::from_slice(reply.answer.body()).map_err(|error| {
                Error::invalid_response("the device authorization response is not the JSON object of RFC 8628 §3.2")
                    .with_source(format!("line {}, column {}", error.line(), error.column()))
            })?;
        let schedule = Schedule::new(response.interval(), response.expires_in());
        Ok(PendingDevice { response, schedule })
    }

    /// Asks once whether the person is done; `None` if not yet. Wait [`interval`](PendingDevice::interval) before each.
    ///
    /// # Errors
    ///
    /// [`oauth_code`](Error::oauth_code) `access_denied` where the person refused, `expired_token` where it took too long;
    /// [`is_security`](Error::is_security) where the ID token does not verify; or what the network answered.
    pub async fn poll(&self, pending: &mut PendingDevice) -> Result<Option<Login>> {
        match self.question(&pending.response).ask(&mut pending.schedule).await? {
            Some(token) => self.login(token).await.map(Some),
            None => Ok(None),
        }
    }

    /// Waits until the person is done. Dropping the future ends it.
    ///
    /// # Errors
    ///
    /// As [`poll`](Self::poll); a lost connection or a busy server only makes it ask less often (RFC 8628 §3.5).
    pub async fn wait(&self, mut pending: PendingDevice) -> Result<Login> {
        let token = self.question(&pending.response).ask_until_answered(&mut pending.schedule).await?;
        self.login(token).await
    }

    fn question<'a>(&'a self, response: &'a StandardDeviceAuthorizationResponse) -> Question<'a> {
        Question {
            endpoint: &self.server.token_endpoint,
            grant_type: GRANT_TYPE,
            parameter: "device_code",
            secret: response.device_code().secret(),
        }
    }

    async fn login(&self, token: OAuthToken) -> Result<Login> {
        self.server.login(token, GRANT_TYPE, &self.parameters, Evidence::default()).await
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
        self.response.expires_in()
    }

    /// How long to wait before each [`poll`](DeviceAuthorization::poll).
    pub fn interval(&self) -> Duration {
        self.schedule.interval()
    }
}

impl fmt::Debug for PendingDevice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingDevice")
            .field("verification_uri", &self.verification_uri())
            .field("interval", &self.interval())
            .finish_non_exhaustive()
    }
}
