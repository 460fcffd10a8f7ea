use super::login::{Login, LoginServer};
use super::polling::PollRequest;
use super::{PendingDeviceAuthorization, RequestParameters, request_parameter_methods};
use crate::client_auth::AuthenticatedEndpoint;
use crate::error::Result;
use crate::oidc::IdTokenExpectations;
use crate::telemetry::Endpoint;
use crate::token::OAuthToken;
use crate::transport::Repeat;
use crate::wire::Form;

const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// The device authorization grant: a token for a person who logs in on another device (RFC 8628).
///
/// Parameters besides the scope, such as [`resource`](Self::resource), are sent with each poll too.
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
    device_endpoint: AuthenticatedEndpoint,
    server: LoginServer,
    parameters: RequestParameters,
}

impl DeviceAuthorization {
    pub(crate) fn new(device_endpoint: AuthenticatedEndpoint, server: LoginServer) -> Self {
        let device_endpoint = device_endpoint.with_endpoint_kind(Endpoint::DeviceAuthorization);
        Self { device_endpoint, server, parameters: RequestParameters::default() }
    }

    /// Where it asks for the code.
    pub(crate) fn endpoint(&self) -> &AuthenticatedEndpoint {
        &self.device_endpoint
    }

    request_parameter_methods!();

    /// Requests a code to show to the person (RFC 8628 §3.1).
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) if an ID token is requested and could not be verified; or the error of the
    /// server or the network.
    pub async fn start(&self) -> Result<PendingDeviceAuthorization> {
        self.server.check(&self.parameters)?;
        let mut form = Form::new();
        self.parameters.append_to(&mut form)?;
        let endpoint = self.device_endpoint.found().await?;
        let reply = endpoint.post(form, Repeat::AfterLoss).await?;
        if !reply.answer.status().is_success() {
            return Err(reply.failure("device authorization endpoint"));
        }
        let time = self.server.token_endpoint.time();
        PendingDeviceAuthorization::read(reply.answer.body(), endpoint.url().url(), time)
    }

    /// Polls once whether the person is done; `None` if not yet. Wait [`interval`](PendingDeviceAuthorization::interval) before each
    /// poll.
    ///
    /// With the scope `openid` the server's keys are fetched first, since the device code is spent once. As long as they are not to be had,
    /// it is `None` too, and nothing is asked.
    ///
    /// # Errors
    ///
    /// [`oauth_code`](crate::Error::oauth_code) `access_denied` if the person refused, `expired_token` if it took too long;
    /// [`is_security`](crate::Error::is_security) if the ID token does not verify; or the error of the network.
    pub async fn poll(&self, pending: &mut PendingDeviceAuthorization) -> Result<Option<Login>> {
        let mut schedule = pending.schedule;
        let answer = self.question(pending).ask(&mut schedule).await;
        pending.schedule = schedule;
        match answer? {
            Some(token) => self.login(token).await.map(Some),
            None => Ok(None),
        }
    }

    /// Waits until the person is done. Dropping the future ends it.
    ///
    /// # Errors
    ///
    /// As [`poll`](Self::poll); after a lost connection or from a busy server it only polls less often (RFC 8628 §3.5).
    pub async fn wait(&self, pending: PendingDeviceAuthorization) -> Result<Login> {
        let mut schedule = pending.schedule;
        let token = self.question(&pending).poll_until_complete(&mut schedule).await?;
        self.login(token).await
    }

    fn question<'a>(&'a self, pending: &'a PendingDeviceAuthorization) -> PollRequest<'a> {
        PollRequest {
            server: &self.server,
            grant_type: GRANT_TYPE,
            parameter: "device_code",
            secret: pending.device_code(),
            parameters: &self.parameters,
        }
    }

    async fn login(&self, token: OAuthToken) -> Result<Login> {
        let asked = self.device_endpoint.asked_by_hook();
        self.server.login(token, GRANT_TYPE, &self.parameters, &asked, IdTokenExpectations::default()).await
    }
}
