use std::path::Path;

use grantkit::transport::Transport;
use grantkit::{Error, Result};

use crate::bounded_file::{self, MAX_KEY_FILE};

/// Connections on which the client presents its certificate (RFC 8705).
pub(super) fn transport(path: &str) -> Result<Transport> {
    let pem = bounded_file::read(Path::new(path), MAX_KEY_FILE).map_err(|error| unreadable(path, &error))?;
    Transport::builder().client_certificate(&*pem).build()
}

pub(super) fn unreadable(path: &str, error: &std::io::Error) -> Error {
    Error::configuration(format!("{path:?} cannot be read: {error}"))
}
