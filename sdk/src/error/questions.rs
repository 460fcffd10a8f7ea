use std::time::Duration;

use http::StatusCode;
use serde_json::Value;

use super::{Challenge, Delivery, Error, Fault, Incident, OAuthFailure};
use crate::text::ServerText;

/// The questions.
impl Error {
    /// How long to wait before the next try: what the server asked for (`Retry-After`, RFC 9110 §10.2.3), or the rest of the back-off
    /// after a failure.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// A person has to log in (again): there is no refresh token, the server rejected it (`invalid_grant`, or any other code except
    /// those for temporary and client errors), or the API requires another login (step-up, RFC 9470), which
    /// [`challenge`](Self::challenge) describes.
    pub fn needs_login(&self) -> bool {
        match self.inner.fault {
            _ if self.inner.incident == Some(Incident::LoginOver) => true,
            Fault::LoginRequired => true,
            Fault::OAuth => self.inner.oauth.as_ref().is_some_and(OAuthFailure::needs_login),
            Fault::Api => self.challenge().is_some_and(Challenge::is_step_up),
            _ => false,
        }
    }

    /// The person, or the server on their behalf, refused the request (`access_denied`, RFC 6749 §4.1.2.1).
    pub fn is_denied(&self) -> bool {
        self.inner.fault == Fault::OAuth && self.oauth_code() == Some("access_denied")
    }

    /// The configuration of the program, or of the client at the server, has to be fixed first.
    pub fn is_configuration(&self) -> bool {
        match self.inner.fault {
            Fault::Configuration | Fault::Unsupported | Fault::Tls => true,
            _ if self.inner.incident == Some(Incident::LoginOver) => false,
            Fault::OAuth => self.inner.oauth.as_ref().is_some_and(OAuthFailure::is_configuration),
            _ => false,
        }
    }

    /// The client, the server or the build cannot do what was asked for.
    pub fn is_unsupported(&self) -> bool {
        self.inner.fault == Fault::Unsupported
    }

    /// The server's answer is not valid (HTML, no `access_token`, a number out of range, …).
    pub fn is_invalid_response(&self) -> bool {
        self.inner.fault == Fault::InvalidResponse
    }

    /// An answer was refused because accepting it would be unsafe: another `state`, another issuer, a bad signature.
    pub fn is_security(&self) -> bool {
        self.inner.fault == Fault::Security
    }

    /// A browser came back with the answer to another login, or with a forged one (login CSRF): another `state`, or none
    /// (RFC 6749 §10.12).
    ///
    /// An `error` without a `state`, as some servers send it, is among them: [`oauth_code`](Self::oauth_code) and the text show
    /// it, but any web page could have sent the browser there with it, so that no other question follows from it.
    pub fn is_state_mismatch(&self) -> bool {
        self.inner.incident == Some(Incident::ForeignState)
    }

    /// Mix-up: a browser came back with the answer of another authorization server than it was sent to (RFC 9207).
    pub fn is_mix_up(&self) -> bool {
        self.inner.incident == Some(Incident::MixUp)
    }

    /// The authorization code was already used or has expired: this process has finished that login before, as when a page is loaded
    /// again, or the server rejects the code.
    pub fn is_replay(&self) -> bool {
        self.inner.incident == Some(Incident::Replay)
    }

    /// The access token that was handed in has ended: it was not sent, as its time was over, or the introspection endpoint said so. Take the
    /// current one, by [`token`](crate::Credentials::token), and call again.
    ///
    /// Where an API says so itself, as by [`status`](Self::status) 401, its [`challenge`](Self::challenge) tells why.
    pub fn is_token_expired(&self) -> bool {
        self.inner.fault == Fault::TokenExpired
    }

    /// No answer came in time.
    pub fn is_timeout(&self) -> bool {
        self.inner.fault == Fault::Timeout
    }

    /// The request may have arrived, and its outcome is unknown: the connection broke, no answer came in time, a gateway answered for
    /// a server that it had lost (502, 504, 520 to 530, or a web page with 400 or 422), or the answer cannot be used.
    pub fn is_outcome_unknown(&self) -> bool {
        self.delivery() == Delivery::Unknown
    }

    /// No connection could be made, so that the server cannot have seen the request.
    ///
    /// That includes a certificate that is not accepted ([`is_tls`](Self::is_tls)).
    pub fn is_connect(&self) -> bool {
        matches!(self.inner.fault, Fault::Connect | Fault::Tls)
    }

    /// No connection could be made, as the TLS handshake failed: the server's certificate is of a CA that is not trusted here, for
    /// another name or expired, or the server does not accept the client's certificate.
    ///
    /// It [is a configuration error](Self::is_configuration), here or at the server: the same request fails until that is fixed.
    pub fn is_tls(&self) -> bool {
        self.inner.fault == Fault::Tls
    }

    /// The HTTP status of the answer, if there was one.
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

    /// The challenge of the API that rejected the request (`WWW-Authenticate`): which scope, which login, which authorization
    /// server it asks for.
    ///
    /// Of several challenges, the first for tokens (`Bearer` or `DPoP`) that has an `error`.
    pub fn challenge(&self) -> Option<&Challenge> {
        let is_of_tokens = |challenge: &&Challenge| challenge.is_scheme("Bearer") || challenge.is_scheme("DPoP");
        let all = &self.inner.challenges;
        let says_why = all.iter().filter(is_of_tokens).find(|challenge| challenge.error().is_some());
        says_why.or_else(|| all.iter().find(is_of_tokens)).or_else(|| all.first())
    }

    /// All challenges, in the API's order.
    pub fn challenges(&self) -> &[Challenge] {
        &self.inner.challenges
    }
}
