use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use oauth2::CsrfToken;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

use super::{BackchannelHint, PendingBackchannelAuthentication};
use crate::client_auth::AuthenticatedEndpoint;
use crate::error::{Error, Result};
use crate::grant::jwt_assertion::stamp;
use crate::grant::login::{Login, LoginServer};
use crate::grant::polling::{PollRequest, Schedule, USUAL_INTERVAL};
use crate::grant::{RequestParameters, request_parameter_methods};
use crate::keys::{self, AnnouncedAlgorithms, Signer};
use crate::lenient::Members;
use crate::oidc::IdTokenExpectations;
use crate::telemetry::Endpoint;
use crate::token::IntoSecret;
use crate::token::OAuthToken;
use crate::transport::Repeat;
use crate::wire::Form;

const GRANT_TYPE: &str = "urn:openid:params:grant-type:ciba";
/// 256 random bits; 160 are recommended (CIBA Core §7.1).
const RANDOM_BYTES: u32 = 32;
/// A signed request is used at once; clocks differ by a minute or two.
const LIFETIME: Duration = Duration::from_mins(5);

/// Client-initiated backchannel authentication (CIBA): the server asks the person for consent on their own device, without a
/// browser here (OpenID Connect CIBA Core 1.0).
///
/// The scope `openid` is always requested, and the ID token is verified (feature `oidc`). The token endpoint is polled until the token
/// is there ("poll" mode), or asked once the server has notified the client ("[ping](Self::ping)" mode).
///
/// ```no_run
/// use grantkit::prelude::*;
/// use grantkit::grant::BackchannelHint;
///
/// # async fn example() -> Result<()> {
/// let client = Client::builder()
///     .client_id("till")
///     .client_secret_basic("s3cret")
///     .token_endpoint("https://as.example/token")?
///     .backchannel_authentication_endpoint("https://as.example/bc-authorize")?
///     .issuer("https://as.example")?
///     .jwks_uri("https://as.example/jwks")?
///     .build();
/// let grant = client.backchannel_authentication(BackchannelHint::login_hint("alice@example.com")).binding_message("till-4711").scope("pay");
/// let pending = grant.start().await?;
/// let login = grant.wait(pending).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "call `.start()`"]
pub struct BackchannelAuthentication {
    endpoint: AuthenticatedEndpoint,
    server: LoginServer,
    /// The audience of a signed request.
    audience: String,
    hint: BackchannelHint,
    parameters: RequestParameters,
    binding_message: Option<String>,
    user_code: Option<SecretString>,
    requested_expiry: Option<Duration>,
    acr_values: Vec<String>,
    notification: Notification,
    signer: Option<Arc<dyn Signer>>,
    signer_algorithms: AnnouncedAlgorithms,
    request_lifetime: Duration,
}

#[derive(Clone, Debug)]
enum Notification {
    None,
    WithNewToken,
    With(SecretString),
}

impl BackchannelAuthentication {
    pub(crate) fn new(
        endpoint: AuthenticatedEndpoint,
        server: LoginServer,
        audience: String,
        hint: BackchannelHint,
    ) -> Self {
        let mut parameters = RequestParameters::default();
        parameters.add_scope("openid");
        Self {
            endpoint: endpoint.with_endpoint_kind(Endpoint::BackchannelAuthentication),
            server,
            audience,
            hint,
            parameters,
            binding_message: None,
            user_code: None,
            requested_expiry: None,
            acr_values: Vec::new(),
            notification: Notification::None,
            signer: None,
            signer_algorithms: AnnouncedAlgorithms::default(),
            request_lifetime: LIFETIME,
        }
    }

    /// What the server checks of a request that is signed.
    pub(crate) fn with_request_algorithms(self, signer_algorithms: AnnouncedAlgorithms) -> Self {
        Self { signer_algorithms, ..self }
    }

    request_parameter_methods!();

    /// Sets a message that the person sees on both devices, to recognise the transaction: short and of plain characters, as servers
    /// refuse others.
    pub fn binding_message(mut self, message: impl Into<String>) -> Self {
        self.binding_message = Some(message.into());
        self
    }

    /// A code that only the person knows, so that no other client can make the server ask them.
    pub fn user_code(mut self, code: impl IntoSecret) -> Self {
        self.user_code = Some(code.into());
        self
    }

    /// Sets how long the person should have, in whole seconds; the server chooses unless set.
    pub fn requested_expiry(mut self, expiry: Duration) -> Self {
        self.requested_expiry = Some(expiry);
        self
    }

    /// Sets the requested authentication context classes, the preferred one first.
    pub fn acr_values<S: Into<String>>(mut self, values: impl IntoIterator<Item = S>) -> Self {
        self.acr_values = values.into_iter().map(Into::into).collect();
        self
    }

    /// Makes the server notify this client, which is registered for it, with a new `client_notification_token` each time
    /// (CIBA Core §5): see [`PendingBackchannelAuthentication::notified`].
    pub fn ping(mut self) -> Self {
        self.notification = Notification::WithNewToken;
        self
    }

    /// The same with the program's own token: at least 128 random bits, at most 1024 characters, and each for one request.
    pub fn client_notification_token(mut self, token: impl IntoSecret) -> Self {
        self.notification = Notification::With(token.into());
        self
    }

    /// Signs the request (CIBA Core §7.1.1).
    pub fn signed_by(mut self, signer: impl Signer + 'static) -> Self {
        self.signer = Some(Arc::new(signer));
        self
    }

    /// Sets how long a signed request is valid, in whole seconds; 5 minutes unless set.
    pub fn request_lifetime(mut self, lifetime: Duration) -> Self {
        self.request_lifetime = lifetime;
        self
    }

    /// Starts the authentication on the person's device.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) if the ID token could not be verified; or the error of the server or the
    /// network, such as `unknown_user_id` for an unknown hint.
    pub async fn start(&self) -> Result<PendingBackchannelAuthentication> {
        self.server.check(&self.parameters)?;
        let notification_token = match &self.notification {
            Notification::None => None,
            Notification::WithNewToken => Some(CsrfToken::new_random_len(RANDOM_BYTES).into_secret()),
            Notification::With(token) => Some(checked(token.expose_secret())?.to_owned()),
        };
        let form = self.form(notification_token.as_deref())?;
        let form = match &self.signer {
            Some(signer) => self.signed(&form, signer).await?,
            None => form,
        };
        // A second request would have the person asked twice.
        let reply = self.endpoint.post(form, Repeat::Never).await?;
        if !reply.answer.status().is_success() {
            return Err(reply.failure("backchannel authentication endpoint"));
        }
        let what = "the backchannel authentication response (CIBA Core §7.3)";
        let mut begun = Members::read(reply.answer.body(), what, "CIBA Core §7.3")?;
        let auth_req_id = begun.required_text("auth_req_id")?;
        let expires_in = begun.required_seconds("expires_in")?;
        let interval = begun.seconds("interval").unwrap_or(Duration::from_secs(USUAL_INTERVAL));
        let schedule = Schedule::new(interval, expires_in, self.server.token_endpoint.time());
        Ok(PendingBackchannelAuthentication {
            auth_req_id,
            notification_token,
            schedule,
            extra: begun.rest().into_iter().collect(),
        })
    }

    /// Polls once whether the person is done; `None` if not yet. Wait [`interval`](PendingBackchannelAuthentication::interval) before
    /// each poll, or for the notification.
    ///
    /// The server's keys are fetched first, since the request is spent once. As long as they are not to be had, it is `None` too, and nothing
    /// is asked: poll again, also after a notification.
    ///
    /// # Errors
    ///
    /// [`oauth_code`](Error::oauth_code) `access_denied` if the person refused, `expired_token` if it took too long;
    /// [`is_security`](Error::is_security) if the ID token does not verify; or the error of the network.
    pub async fn poll(&self, pending: &mut PendingBackchannelAuthentication) -> Result<Option<Login>> {
        match self.question(&pending.auth_req_id).ask(&mut pending.schedule).await? {
            Some(token) => self.login(token).await.map(Some),
            None => Ok(None),
        }
    }

    /// Polls until the person is done; also with [`ping`](Self::ping), where that is allowed (CIBA Core §5). Dropping the future ends
    /// it.
    ///
    /// # Errors
    ///
    /// As [`poll`](Self::poll); after a lost connection or from a busy server it only polls less often.
    pub async fn wait(&self, mut pending: PendingBackchannelAuthentication) -> Result<Login> {
        let schedule = &mut pending.schedule.clone();
        let token = self.question(&pending.auth_req_id).poll_until_complete(schedule).await?;
        pending.schedule = *schedule;
        self.login(token).await
    }

    fn question<'a>(&'a self, auth_req_id: &'a str) -> PollRequest<'a> {
        PollRequest {
            server: &self.server,
            grant_type: GRANT_TYPE,
            parameter: "auth_req_id",
            secret: auth_req_id,
            parameters: &self.parameters,
        }
    }

    async fn login(&self, token: OAuthToken) -> Result<Login> {
        let asked = self.acr_values.join(" ");
        self.server.login(token, GRANT_TYPE, &self.parameters, &asked, IdTokenExpectations::default()).await
    }

    fn form(&self, notification_token: Option<&str>) -> Result<Form> {
        let mut form = Form::new();
        if let Some(token) = notification_token {
            form.push_secret("client_notification_token", token);
        }
        if !self.acr_values.is_empty() {
            form.push("acr_values", self.acr_values.join(" "));
        }
        self.hint.append_to(&mut form);
        if let Some(message) = &self.binding_message {
            form.push("binding_message", &**message);
        }
        if let Some(code) = &self.user_code {
            form.push_secret("user_code", code.expose_secret());
        }
        if let Some(expiry) = self.requested_expiry {
            if expiry.as_secs() == 0 {
                return Err(Error::configuration("the requested expiry is less than a second"));
            }
            form.push("requested_expiry", expiry.as_secs().to_string());
        }
        self.parameters.append_to(&mut form)?;
        Ok(form)
    }

    /// All of it as the claims of a JWT, and nothing beside it.
    async fn signed(&self, form: &Form, signer: &Arc<dyn Signer>) -> Result<Form> {
        let signer = self.signer_algorithms.signer("the key of `.signed_by(..)`", signer)?;
        let mut claims = BTreeMap::<String, Value>::new();
        for (name, value, _) in form.iter() {
            match claims.get_mut(name) {
                None => {
                    claims.insert(name.to_owned(), value.into());
                }
                Some(Value::Array(values)) => values.push(value.into()),
                Some(first) => *first = Value::Array(vec![first.take(), value.into()]),
            }
        }
        stamp(&mut claims, self.request_lifetime, self.endpoint.identity().time())?;
        claims.insert("iss".to_owned(), self.endpoint.identity().client_id().into());
        claims.insert("aud".to_owned(), self.audience.as_str().into());
        if let Some(now) = claims.get("iat").cloned() {
            claims.insert("nbf".to_owned(), now);
        }
        let mut request = Form::new();
        request.set_headers(form.headers());
        form.secrets().for_each(|secret| request.hide(secret));
        request.push_secret("request", &keys::sign(&*signer, "JWT", &claims).await?);
        Ok(request)
    }
}

/// It travels in a header (RFC 6750 §2.1).
fn checked(token: &str) -> Result<&str> {
    let is_token68 = |c: char| c.is_ascii_alphanumeric() || "-._~+/=".contains(c);
    // 128 bits in base64url.
    if !(22..=1024).contains(&token.len()) || !token.chars().all(is_token68) {
        return Err(Error::configuration(
            "the client notification token must be 22 to 1024 characters of those that a Bearer token may have",
        ));
    }
    Ok(token)
}
