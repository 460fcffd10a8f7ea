use std::fs;

use grantkit::{Error, Result, Transport};
use zeroize::Zeroizing;

use crate::check::wrong_value;

/// Connections on which the client presents its certificate (RFC 8705).
pub(super) fn transport(path: &str) -> Result<Transport> {
    let wrong = |error| wrong_value("client_certificate_file", error);
    let pem = fs::read(path).map(Zeroizing::new).map_err(|error| wrong(unreadable(path, &error)))?;
    Transport::builder().client_certificate(&*pem).build().map_err(wrong)
}

pub(super) fn unreadable(path: &str, error: &std::io::Error) -> Error {
    Error::configuration(format!("{path:?} cannot be read: {error}"))
}
