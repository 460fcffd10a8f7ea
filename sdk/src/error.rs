//! The error of this crate, and the questions that it answers.
//!
//! [`Error`] is opaque: it answers [`is_retryable`](Error::is_retryable), [`needs_login`](Error::needs_login),
//! [`is_configuration`](Error::is_configuration) and more, and has the server's `error` and `error_description`. [`ErrorKind`] is what can
//! be done about it, for a `match`. [`Challenge`] is what an API said when it rejected a token.
//!
//! ```no_run
//! use grantkit::prelude::*;
//!
//! # async fn example(credentials: Credentials) -> Result<()> {
//! match credentials.headers().await {
//!     Ok(headers) => { /* call the API */ }
//!     Err(error) if error.needs_login() => { /* ask the person to log in */ }
//!     Err(error) if error.is_retryable() => { /* later: `error.retry_after()` */ }
//!     Err(error) => return Err(error),
//! }
//! # Ok(())
//! # }
//! ```

mod api_rejection;
mod challenge;
mod delivery;
mod error_kind;
mod fault;
mod foreign;
mod oauth;
mod of_server;
mod problem;
mod questions;
mod retry;
mod status;
mod step_up;
#[cfg(test)]
mod tests;
mod text;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use secrecy::SecretString;
use serde_json::Value;

pub(crate) use api_rejection::ApiRejection;
pub use challenge::Challenge;
pub(crate) use delivery::Delivery;
pub use error_kind::ErrorKind;
pub(crate) use fault::{Fault, Incident};
pub use foreign::IntoError;
pub(crate) use oauth::OAuthFailure;
pub use problem::ProblemDetails;
pub(crate) use retry::FailedTry;
pub(crate) use status::StatusClass;
pub use step_up::StepUp;

use crate::text::Line;

/// The result type of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

type Source = Box<dyn std::error::Error + Send + Sync + 'static>;

/// Why there is no token, or no answer, and what to do next.
///
/// Call a question rather than match its text:
///
/// | question | then |
/// |---|---|
/// | [`is_retryable`](Self::is_retryable) | try again, not before [`retry_after`](Self::retry_after) |
/// | [`needs_login`](Self::needs_login) | a person has to log in again |
/// | [`is_denied`](Self::is_denied) | the person said no: do not ask again by yourself |
/// | [`is_token_expired`](Self::is_token_expired) | the access token that was handed in has ended: take the current one |
/// | [`step_up`](Self::step_up) | the API wants more scopes or a stronger login, and says which |
/// | [`is_configuration`](Self::is_configuration) | the configuration of the program or the server is wrong; the text says what to fix |
/// | – [`is_unsupported`](Self::is_unsupported), [`is_tls`](Self::is_tls) | of these: what the server, client or build cannot do; TLS |
/// | [`is_connect`](Self::is_connect), [`is_timeout`](Self::is_timeout) | the server was not reached, or did not answer in time |
/// | [`is_outcome_unknown`](Self::is_outcome_unknown) | the request may have arrived: do not repeat by hand what must not happen twice |
/// | [`is_security`](Self::is_security) | accepting the answer would be unsafe: do not retry |
/// | – [`is_state_mismatch`](Self::is_state_mismatch), [`is_mix_up`](Self::is_mix_up) | of these: the answer of another login, or of another server |
/// | – [`is_replay`](Self::is_replay) | of these: the login was finished before |
/// | [`is_invalid_response`](Self::is_invalid_response) | the server's answer is not a valid OAuth answer |
///
/// [`kind`](Self::kind) is the answer to all of them at once, for a `match`.
///
/// Neither `Display` nor `Debug` shows a token, a secret or a key.
///
/// ```
/// use grantkit::Error;
///
/// let error = Error::configuration("the audience is missing: set BILLING_AUDIENCE");
/// assert!(error.is_configuration() && !error.is_retryable());
/// ```
#[derive(Clone)]
pub struct Error {
    inner: Arc<Inner>,
    retry_after: Option<Duration>,
    was_not_sent: bool,
}

#[derive(Clone)]
struct Inner {
    fault: Fault,
    incident: Option<Incident>,
    message: Line,
    status: Option<StatusCode>,
    oauth: Option<OAuthFailure>,
    /// What else an OAuth error answer has.
    members: BTreeMap<String, Value>,
    challenges: Vec<Challenge>,
    /// What an API's error answer says, as JSON, without secrets.
    body: Option<Value>,
    source: Option<Arc<dyn std::error::Error + Send + Sync + 'static>>,
    keeps_refresh_token: bool,
    next_refresh_token: Option<NextRefreshToken>,
}

/// The refresh token of an answer of which nothing else could be used. `Debug` of the error does not show it.
#[derive(Clone)]
pub(crate) struct NextRefreshToken {
    pub(crate) text: SecretString,
    pub(crate) scope: Option<Box<str>>,
}

/// For custom clients and providers.
impl Error {
    /// The program's configuration is wrong: say what is wrong and how to fix it.
    pub fn configuration(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Fault::Configuration, message)
    }

    /// A person has to log in: there is no refresh token, or it was rejected.
    pub fn login_required(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Fault::LoginRequired, message)
    }

    /// The server's answer does not follow the protocol.
    pub fn invalid_response(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Fault::InvalidResponse, message)
    }

    /// A temporary failure: the same request may succeed later.
    pub fn temporary(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Fault::Temporary, message)
    }

    /// The request may have arrived, and its answer did not: the outcome is unknown.
    ///
    /// Return it from a refresh whose connection broke or that timed out. `Credentials` then follows
    /// [`RefreshPolicy::with_after_lost_response`](crate::credentials::RefreshPolicy::with_after_lost_response): by default the refresh token is
    /// sent once more, and if that fails too a person has to log in. After any other error of this list the refresh token counts as
    /// unused.
    ///
    /// ```
    /// use grantkit::Error;
    ///
    /// let error = Error::outcome_unknown("the partner's token endpoint closed the connection");
    /// assert!(error.is_retryable() && error.is_outcome_unknown());
    /// ```
    pub fn outcome_unknown(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Fault::Interrupted, message)
    }

    /// What must not be accepted, as a signature that does not verify: [`is_security`](Self::is_security).
    pub fn security(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Fault::Security, message)
    }

    /// The client, the server's metadata or the build of this crate does not offer what was asked for.
    pub fn unsupported(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Fault::Unsupported, message)
    }

    /// Keeps the error that led to this one as its [`source`](std::error::Error::source).
    pub fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.edit(|inner| inner.source = Some(source.into().into()));
        self
    }

    /// Sets the HTTP status of the answer.
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.edit(|inner| inner.status = Some(status));
        self
    }

    /// Says of a refresh that was refused and [needs a login](Self::needs_login): the refresh token is good once the person has authenticated
    /// again. `Credentials` keep it, and send it with the next refresh.
    pub fn keeping_refresh_token(mut self) -> Self {
        self.edit(|inner| inner.keeps_refresh_token = true);
        self
    }

    /// Sets how long to wait before the next try.
    pub fn with_retry_after(mut self, wait: Duration) -> Self {
        self.retry_after = Some(wait);
        self
    }
}

impl Error {
    pub(crate) fn new(fault: Fault, message: impl Into<Cow<'static, str>>) -> Self {
        let inner = Inner {
            fault,
            incident: None,
            message: message.into().into(),
            status: None,
            oauth: None,
            members: BTreeMap::new(),
            challenges: Vec::new(),
            body: None,
            source: None,
            keeps_refresh_token: false,
            next_refresh_token: None,
        };
        Self { inner: Arc::new(inner), retry_after: None, was_not_sent: false }
    }

    /// An access token of the caller's has ended, as is known `how` without the API that it is for.
    pub(crate) fn token_expired(how: &str) -> Self {
        Self::new(
            Fault::TokenExpired,
            format!("the access token {how}: take the current one, by `credentials.token().await?`"),
        )
    }

    pub(crate) fn with_challenges(mut self, challenges: Vec<Challenge>) -> Self {
        self.edit(|inner| inner.challenges = challenges);
        self
    }

    pub(crate) fn with_incident(mut self, incident: Incident) -> Self {
        self.edit(|inner| inner.incident = Some(incident));
        self
    }

    /// A signature is wrong by keys that are certainly the newest that can be had.
    #[allow(dead_code, reason = "signatures are verified with the feature `oidc`")]
    pub(crate) fn is_wrong_signature(&self) -> bool {
        self.inner.incident == Some(Incident::WrongSignature)
    }

    /// The refresh token that was refused is good all the same.
    pub(crate) fn keeps_refresh_token(&self) -> bool {
        self.inner.keeps_refresh_token
    }

    pub(crate) fn next_refresh_token_parts(&self) -> Option<&NextRefreshToken> {
        self.inner.next_refresh_token.as_ref()
    }

    /// With the refresh token that the answer brought; with none, where another part of the program keeps it.
    pub(crate) fn with_next_refresh_token_parts(mut self, token: Option<NextRefreshToken>) -> Self {
        if token.is_some() || self.inner.next_refresh_token.is_some() {
            self.edit(|inner| inner.next_refresh_token = token);
        }
        self
    }

    /// The record in the store cannot be read by any process: a new login may replace it.
    pub(crate) fn is_damaged_record(&self) -> bool {
        self.inner.incident == Some(Incident::Damaged)
    }

    pub(crate) fn message(&self) -> &str {
        self.inner.message.as_str()
    }

    /// Says that nothing of the request has left this machine.
    pub(crate) fn not_sent(mut self) -> Self {
        self.was_not_sent = true;
        self
    }

    /// Whether it is certain that the server has seen nothing of the request: there was no connection, or the request was held
    /// back before it was sent.
    pub(crate) fn was_not_sent(&self) -> bool {
        self.was_not_sent || self.is_connect()
    }

    /// Whether both are of one failure.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.inner, &other.inner)
    }

    pub(crate) fn fault(&self) -> Fault {
        self.inner.fault
    }

    /// A copy of what others hold too is changed, and what they hold stays as it is.
    fn edit(&mut self, change: impl FnOnce(&mut Inner)) {
        change(Arc::make_mut(&mut self.inner));
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.inner.source.as_deref().map(|source| source as _)
    }
}
