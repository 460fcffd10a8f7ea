use std::error::Error as StdError;
use std::fmt::Display;
use std::io;

use rustls::{AlertDescription, CertificateError};

use crate::error::{Error, Fault, Incident};

/// Says what a failed exchange means for the next step: may the server have acted on the request?
pub(crate) fn classify(error: reqwest::Error, host: impl Display) -> Error {
    let (kind, message) = if error.is_connect() {
        match lasting_tls_failure(&error) {
            Some(why) => (Fault::Tls, format!("no TLS connection to {host}: {why}")),
            None if error.is_timeout() => (Fault::Connect, format!("no connection to {host} in time")),
            None => (Fault::Connect, format!("no connection to {host}: check the address and the network")),
        }
    } else if error.is_timeout() {
        (Fault::Timeout, format!("{host} did not answer in time"))
    } else if error.is_builder() {
        (Fault::Configuration, format!("the request to {host} could not be built"))
    } else if error.is_redirect() {
        (Fault::InvalidResponse, format!("{host} redirects without end"))
    } else if is_damaged(&error) {
        (Fault::InvalidResponse, format!("the compressed answer of {host} is damaged"))
    } else {
        (Fault::Interrupted, format!("the connection to {host} broke before the answer was complete"))
    };
    let is_http = !causes(&error).any(|cause| cause.downcast_ref().is_some_and(hyper::Error::is_parse));
    // A URL can carry a secret in its query.
    let failure = Error::new(kind, message).with_source(error.without_url());
    if is_http { failure } else { failure.with_incident(Incident::NotHttp) }
}

// No `From`: with a second one beside that of the error itself, the error of a closure or an async block that uses `?` would not be
// inferred any more.
impl Error {
    /// A failure of reqwest, for an [`OAuthClient`](crate::OAuthClient) that sends its requests by reqwest itself: the error answers
    /// the same questions as those of this crate's own requests. A refresh whose answer was lost
    /// [is known to be lost](Self::is_outcome_unknown), and a server that is busy may be asked again.
    ///
    /// The URL, and what an answer said, are not in the error: they may hold secrets.
    ///
    /// ```
    /// use grantkit::prelude::*;
    ///
    /// # #[derive(Clone)]
    /// # struct Partner { http: reqwest::Client }
    /// #[async_trait]
    /// impl OAuthClient for Partner {
    /// #   fn fingerprint(&self) -> grantkit::credentials::Fingerprint { grantkit::credentials::Fingerprint::of_type::<Self>() }
    ///     async fn get_token(&self) -> Result<OAuthToken> {
    ///         let request = self.http.post("https://partner.example/token");
    ///         let answer = request.send().await.and_then(|answer| answer.error_for_status()).map_err(Error::from_reqwest)?;
    ///         OAuthToken::from_response(&answer.bytes().await.map_err(Error::from_reqwest)?)
    ///     }
    /// }
    /// ```
    pub fn from_reqwest(error: reqwest::Error) -> Self {
        let host = error.url().and_then(|url| url.host_str()).unwrap_or("the server").to_owned();
        if let Some(status) = error.status() {
            return Self::new(Fault::Status, format!("{host} answered {status}")).with_status(status);
        }
        if causes(&error).any(<dyn StdError>::is::<serde_json::Error>) {
            // Which quotes what was read.
            return Self::invalid_response(format!("the answer of {host} could not be read"));
        }
        classify(error, host)
    }
}

fn causes<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |cause: &&'a (dyn StdError + 'static)| StdError::source(*cause))
}

/// What decompresses says so by an error of its own, and not of the connection.
fn is_damaged(error: &reqwest::Error) -> bool {
    error.is_decode()
        && causes(error).any(<dyn StdError>::is::<io::Error>)
        && !causes(error).any(<dyn StdError>::is::<hyper::Error>)
}

/// A TLS failure that lasts until it is fixed, here or at the server; none if the next try may succeed.
fn lasting_tls_failure(error: &reqwest::Error) -> Option<String> {
    let failure = causes(error).find_map(rustls_error)?;
    match failure {
        rustls::Error::InvalidCertificate(why) => Some(certificate(why)),
        rustls::Error::AlertReceived(alert) if !is_passing(*alert) => Some(format!(
            "the server refuses it ({alert:?}): does it want another client certificate, or another host name?"
        )),
        rustls::Error::InvalidMessage(_) => Some("the server does not speak TLS there: is it the right port?".into()),
        rustls::Error::NoCertificatesPresented | rustls::Error::PeerIncompatible(_) => Some(failure.to_string()),
        _ => None,
    }
}

/// An I/O error names as its source what led to its cause, and leaves out the cause; one may stand in another.
fn rustls_error<'a>(cause: &'a (dyn StdError + 'static)) -> Option<&'a rustls::Error> {
    match cause.downcast_ref::<io::Error>() {
        Some(wrapping) => rustls_error(wrapping.get_ref()?),
        None => cause.downcast_ref(),
    }
}

fn certificate(why: &CertificateError) -> String {
    let explained = match why {
        CertificateError::UnknownIssuer => {
            "its certificate is of a CA that is not trusted here: add the CA by \
             `.configure(|reqwest| reqwest.tls_certs_merge([ca.clone()]))`, or let the server send the certificates that lead to \
             a known one"
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "its certificate is for another host name"
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "its certificate has expired (or the clock of this machine is wrong)"
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "its certificate is not valid yet (or the clock of this machine is wrong)"
        }
        CertificateError::Revoked => "its certificate is revoked",
        _ => return format!("its certificate is not accepted: {why}"),
    };
    explained.to_owned()
}

/// Alerts that say that the server has trouble, or is about to go.
fn is_passing(alert: AlertDescription) -> bool {
    matches!(alert, AlertDescription::InternalError | AlertDescription::CloseNotify | AlertDescription::UserCanceled)
}
