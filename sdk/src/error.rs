//! The error of this crate, and the questions that it answers.
//!
//! [`Error`] is opaque: it answers [`is_retryable`](Error::is_retryable), [`needs_login`](Error::needs_login),
//! [`is_configuration`](Error::is_configuration) and more, and has the server's `error` and `error_description`. [`Challenge`] is what an
//! API said when it rejected a token.
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
mod kind;
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
use serde_json::Value;

pub(crate) use api_rejection::ApiRejection;
pub use challenge::Challenge;
pub(crate) use delivery::Delivery;
pub(crate) use kind::{Incident, Kind};
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
/// | [`is_configuration`](Self::is_configuration) | the configuration of the program or the server is wrong; the text says what to fix |
/// | [`is_invalid_response`](Self::is_invalid_response) | the server's answer is not a valid OAuth answer |
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
    kind: Kind,
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
}

/// For those who write an `OAuthClient` by hand, or a provider.
impl Error {
    /// The program's configuration is wrong: say what is wrong and how to fix it.
    pub fn configuration(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Configuration, message)
    }

    /// A person has to log in: there is no refresh token, or it was rejected.
    pub fn login_required(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::LoginRequired, message)
    }

    /// The server's answer does not follow the protocol.
    pub fn invalid_response(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::InvalidResponse, message)
    }

    /// A temporary failure: the same request may succeed later.
    pub fn temporary(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Temporary, message)
    }

    /// The request may have arrived, and its answer did not: the outcome is unknown.
    ///
    /// Return it from a refresh whose connection broke or that timed out. `Credentials` then follows
    /// [`RefreshPolicy::after_lost_response`](crate::credentials::RefreshPolicy::after_lost_response): by default the refresh token is
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
        Self::new(Kind::Interrupted, message)
    }

    /// What must not be accepted, as a signature that does not verify: [`is_security`](Self::is_security).
    pub fn security(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Security, message)
    }

    /// The client, the server's metadata or the build of this crate does not offer what was asked for.
    pub fn unsupported(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Unsupported, message)
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

    /// Sets how long to wait before the next try.
    pub fn with_retry_after(mut self, wait: Duration) -> Self {
        self.retry_after = Some(wait);
        self
    }
}

impl Error {
    pub(crate) fn new(kind: Kind, message: impl Into<Cow<'static, str>>) -> Self {
        let inner = Inner {
            kind,
            incident: None,
            message: message.into().into(),
            status: None,
            oauth: None,
            members: BTreeMap::new(),
            challenges: Vec::new(),
            body: None,
            source: None,
        };
        Self { inner: Arc::new(inner), retry_after: None, was_not_sent: false }
    }

    pub(crate) fn with_challenges(mut self, challenges: Vec<Challenge>) -> Self {
        self.edit(|inner| inner.challenges = challenges);
        self
    }

    pub(crate) fn with_incident(mut self, incident: Incident) -> Self {
        self.edit(|inner| inner.incident = Some(incident));
        self
    }

    /// What a store holds is of no use to anybody: a new login may take its place.
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

    pub(crate) fn kind(&self) -> Kind {
        self.inner.kind
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
