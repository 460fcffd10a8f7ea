//! The one error, and what to ask it.
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

mod challenge;
mod delivery;
mod kind;
mod oauth;
mod of_server;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use serde_json::Value;

pub use challenge::Challenge;
pub(crate) use delivery::Delivery;
pub(crate) use kind::{Incident, Kind};
pub(crate) use oauth::OAuthFailure;

use crate::text::{Line, ServerText};

/// What the fallible functions of this crate return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

type Source = Box<dyn std::error::Error + Send + Sync + 'static>;

/// Why no token, or no answer, could be had; it says what to do next.
///
/// Ask it rather than read it:
///
/// | question | then |
/// |---|---|
/// | [`is_retryable`](Self::is_retryable) | try again, not before [`retry_after`](Self::retry_after) |
/// | [`needs_login`](Self::needs_login) | a person has to log in again |
/// | [`is_configuration`](Self::is_configuration) | the program's or the server's set-up is wrong; the text names what to mend |
/// | [`is_invalid_response`](Self::is_invalid_response) | the server answered something that is no OAuth answer |
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

struct Inner {
    kind: Kind,
    incident: Option<Incident>,
    message: Line,
    status: Option<StatusCode>,
    oauth: Option<OAuthFailure>,
    /// What else an OAuth error answer has.
    members: BTreeMap<String, Value>,
    challenges: Vec<Challenge>,
    source: Option<Source>,
}

/// For those who write an `OAuthClient` by hand, or a provider.
impl Error {
    /// The program's configuration is wrong: say what is wrong and what mends it.
    pub fn configuration(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Configuration, message)
    }

    /// Only a person can go on from here: there is no refresh token, or it was refused.
    pub fn login_required(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::LoginRequired, message)
    }

    /// The server answered something that is not what the protocol promises.
    pub fn invalid_response(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::InvalidResponse, message)
    }

    /// It did not work this time; the same request may work later.
    pub fn temporary(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Temporary, message)
    }

    /// The request may have arrived, and its answer did not: what the server made of it is not known.
    ///
    /// To be given for a refresh whose connection broke or whose time ran out. `Credentials` then does what
    /// [`RefreshPolicy::after_lost_response`](crate::credentials::RefreshPolicy::after_lost_response) says: by default the refresh token is sent
    /// once more, and if that is in vain too a person has to log in. After any other error of this list the token is taken to be
    /// as good as it was.
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

    /// The client, the server's metadata or the build of this crate does not offer what was asked for.
    pub fn unsupported(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Unsupported, message)
    }

    /// Keeps the error that led to this one as its [`source`](std::error::Error::source).
    pub fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.edit(|inner| inner.source = Some(source.into()));
        self
    }

    /// Says which HTTP status the answer had.
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.edit(|inner| inner.status = Some(status));
        self
    }

    /// Says how long to wait before the next try.
    pub fn with_retry_after(mut self, wait: Duration) -> Self {
        self.retry_after = Some(wait);
        self
    }
}

/// The questions.
impl Error {
    /// The same request may succeed later, unchanged.
    pub fn is_retryable(&self) -> bool {
        match self.inner.kind {
            Kind::Connect | Kind::Timeout | Kind::Interrupted | Kind::Temporary => true,
            Kind::OAuth => {
                self.inner.oauth.as_ref().is_some_and(OAuthFailure::is_temporary) || self.is_passing_status()
            }
            Kind::Status | Kind::Api => self.inner.status.is_some_and(is_temporary_status),
            _ => false,
        }
    }

    /// How long to wait before the next try: what the server asked for (`Retry-After`, RFC 9110 §10.2.3), or what is
    /// left of the pause after a failure.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// A person has to log in (again): there is no refresh token, the server refused it (`invalid_grant`, or whatever
    /// else it says of a refresh token, unless that blames the moment or the client), or the API wants another login (RFC 9470), of which [`challenge`](Self::challenge) says more.
    pub fn needs_login(&self) -> bool {
        match self.inner.kind {
            _ if self.inner.incident == Some(Incident::LoginOver) => true,
            Kind::LoginRequired => true,
            Kind::OAuth => self.inner.oauth.as_ref().is_some_and(OAuthFailure::needs_login),
            Kind::Api => self.challenge().is_some_and(Challenge::is_step_up),
            _ => false,
        }
    }

    /// The person, or the server in their name, said no (`access_denied`, RFC 6749 §4.1.2.1).
    pub fn is_denied(&self) -> bool {
        self.inner.kind == Kind::OAuth && self.oauth_code() == Some("access_denied")
    }

    /// The configuration of the program, or of the client at the server, has to be mended first.
    pub fn is_configuration(&self) -> bool {
        match self.inner.kind {
            Kind::Configuration | Kind::Unsupported | Kind::Tls => true,
            _ if self.inner.incident == Some(Incident::LoginOver) => false,
            Kind::OAuth => self.inner.oauth.as_ref().is_some_and(OAuthFailure::is_configuration),
            _ => false,
        }
    }

    /// The client, the server or the build cannot do what was asked for.
    pub fn is_unsupported(&self) -> bool {
        self.inner.kind == Kind::Unsupported
    }

    /// The server answered something that is no valid answer (HTML, no `access_token`, a number out of range, …).
    pub fn is_invalid_response(&self) -> bool {
        self.inner.kind == Kind::InvalidResponse
    }

    /// An answer was refused because accepting it would be unsafe: a foreign `state`, another issuer, a bad signature.
    pub fn is_security(&self) -> bool {
        self.inner.kind == Kind::Security
    }

    /// A browser came back with the answer to another login, or with one that somebody made up: another `state`, or none
    /// (RFC 6749 §10.12).
    ///
    /// An `error` without a `state`, as some servers send it, is among them: [`oauth_code`](Self::oauth_code) and the text show
    /// it, but any web page could have sent the browser there with it, so that no other question follows from it.
    pub fn is_state_mismatch(&self) -> bool {
        self.inner.incident == Some(Incident::ForeignState)
    }

    /// A browser came back with the answer of another authorization server than the one that it was sent to (RFC 9207).
    pub fn is_mix_up(&self) -> bool {
        self.inner.incident == Some(Incident::MixUp)
    }

    /// The answer to a login came a second time, as when a page is loaded again, or too late: this process has finished that login
    /// before, or the server does not take its code.
    pub fn is_replay(&self) -> bool {
        self.inner.incident == Some(Incident::Replay)
    }

    /// No answer came in time.
    pub fn is_timeout(&self) -> bool {
        self.inner.kind == Kind::Timeout
    }

    /// The request may have arrived, and what the server made of it is not known: the connection broke, no answer came in
    /// time, a gateway answered for a server that it had lost (502, 504, 520 to 530), or the answer cannot be used.
    pub fn is_outcome_unknown(&self) -> bool {
        self.delivery() == Delivery::Unknown
    }

    /// No connection could be made, so that the server cannot have seen the request.
    ///
    /// One whose certificate is not accepted ([`is_tls`](Self::is_tls)) is none either.
    pub fn is_connect(&self) -> bool {
        matches!(self.inner.kind, Kind::Connect | Kind::Tls)
    }

    /// No connection could be made, as TLS cannot be agreed on: the server's certificate is of a CA that is not trusted here, for
    /// another name or expired, or the server does not take the client's.
    ///
    /// It is [a matter of configuration](Self::is_configuration), here or at the server: the same request fails until that is mended.
    pub fn is_tls(&self) -> bool {
        self.inner.kind == Kind::Tls
    }

    /// The HTTP status of the answer, where there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.inner.status
    }

    /// The server's `error` code (RFC 6749 §5.2, §4.1.2.1).
    pub fn oauth_code(&self) -> Option<&str> {
        self.inner.oauth.as_ref().map(|failure| failure.code.as_str())
    }

    /// The server's `error_description`: for developers, not for users (RFC 6749 §5.2).
    pub fn error_description(&self) -> Option<&str> {
        self.inner.oauth.as_ref()?.description.as_ref().map(ServerText::as_str)
    }

    /// The server's `error_uri`, a page about the error (RFC 6749 §5.2); `None` where it is no `http` or `https` URL.
    pub fn error_uri(&self) -> Option<&str> {
        self.inner.oauth.as_ref()?.uri.as_ref().map(ServerText::as_str)
    }

    /// Any further member of the server's error answer that is a text, a number or a truth value, such as Google's
    /// `error_subtype`; secrets are struck out, and long texts cut off.
    pub fn error_member(&self, name: &str) -> Option<&Value> {
        self.inner.members.get(name)
    }

    /// What the API asks for that refused the request (`WWW-Authenticate`): which scope, which login, which authorization
    /// server.
    ///
    /// Of several challenges the one that is about tokens, `Bearer` or `DPoP`, and says why it refused.
    pub fn challenge(&self) -> Option<&Challenge> {
        let is_of_tokens = |challenge: &&Challenge| challenge.is_scheme("Bearer") || challenge.is_scheme("DPoP");
        let all = &self.inner.challenges;
        let says_why = all.iter().filter(is_of_tokens).find(|challenge| challenge.error().is_some());
        says_why.or_else(|| all.iter().find(is_of_tokens)).or_else(|| all.first())
    }

    /// All of them, in the API's order.
    pub fn challenges(&self) -> &[Challenge] {
        &self.inner.challenges
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

    /// An overloaded or failing server that says so in an OAuth error of its own making.
    fn is_passing_status(&self) -> bool {
        self.inner.status.is_some_and(is_temporary_status) && !self.needs_login() && !self.is_configuration()
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

    /// Only ever called on an error that nobody else holds yet; a shared one is left as it is.
    fn edit(&mut self, change: impl FnOnce(&mut Inner)) {
        if let Some(inner) = Arc::get_mut(&mut self.inner) {
            change(inner);
        }
    }
}

fn is_temporary_status(status: StatusCode) -> bool {
    status.is_server_error() && status != StatusCode::NOT_IMPLEMENTED
        || status == StatusCode::TOO_MANY_REQUESTS
        || status == StatusCode::REQUEST_TIMEOUT
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())?;
        // No try helps where a person has to act.
        if let Some(wait) = self.retry_after.filter(|_| !self.needs_login()) {
            write!(f, " (next try in {:.1} s)", wait.as_secs_f64())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Error");
        out.field("kind", &self.inner.kind).field("message", &self.inner.message);
        if let Some(status) = self.inner.status {
            out.field("status", &status.as_u16());
        }
        if let Some(failure) = &self.inner.oauth {
            out.field("oauth", failure);
        }
        if !self.inner.challenges.is_empty() {
            out.field("challenges", &self.inner.challenges);
        }
        if let Some(wait) = self.retry_after {
            out.field("retry_after", &wait);
        }
        if self.was_not_sent {
            out.field("was_not_sent", &true);
        }
        if self.inner.source.is_some() {
            out.field("causes", &Causes(self));
        }
        out.finish()
    }
}

/// The chain of what led to an error, the nearest first, as sentences: a cause's own `Debug` may show what its `Display` does not.
struct Causes<'a>(&'a Error);

/// Deeper ones say nothing new.
const MAX_CAUSES: usize = 8;

impl fmt::Debug for Causes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = std::error::Error::source(self.0);
        let chain = std::iter::successors(first, |cause| cause.source());
        f.debug_list().entries(chain.take(MAX_CAUSES).map(ToString::to_string)).finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.inner.source.as_deref().map(|source| source as _)
    }
}
