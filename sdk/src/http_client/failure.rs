use std::error::Error as StdError;
use std::io;

use rustls::{AlertDescription, CertificateError};

use crate::error::{Error, Kind};

/// Says what a failed exchange means for the next step: may the server have acted on the request?
pub(crate) fn classify(error: reqwest::Error, host: &str) -> Error {
    let (kind, message) = if error.is_connect() {
        match lasting_tls_failure(&error) {
            Some(why) => (Kind::Tls, format!("no TLS connection to {host}: {why}")),
            None if error.is_timeout() => (Kind::Connect, format!("no connection to {host} in time")),
            None => (Kind::Connect, format!("no connection to {host}: check the address and the network")),
        }
    } else if error.is_timeout() {
        (Kind::Timeout, format!("{host} did not answer in time"))
    } else if error.is_builder() {
        (Kind::Configuration, format!("the request to {host} could not be built"))
    } else if error.is_redirect() {
        (Kind::InvalidResponse, format!("{host} redirects without end"))
    } else {
        (Kind::Interrupted, format!("the connection to {host} broke before the answer was complete"))
    };
    // A URL can carry a secret in its query.
    Error::new(kind, message).with_source(error.without_url())
}

/// What keeps the two sides from TLS until somebody mends it, here or there; none where the next try may go well.
fn lasting_tls_failure(error: &reqwest::Error) -> Option<String> {
    let mut chain = std::iter::successors(error.source(), |cause: &&(dyn StdError + 'static)| StdError::source(*cause));
    let failure = chain.find_map(|cause| match cause.downcast_ref::<io::Error>() {
        // It names what led to its own cause, and leaves that out.
        Some(wrapped) => wrapped.get_ref()?.downcast_ref::<rustls::Error>(),
        None => cause.downcast_ref(),
    })?;
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
