//! What platforms say by environment variables.

use std::env;

use grantkit::{Error, Result};
use http::HeaderValue;

/// A variable that is set to something.
pub(super) fn variable(name: &str) -> Option<String> {
    env::var(name).ok().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// A variable that the platform sets; `otherwise` is what to do where it has not.
pub(super) fn required(name: &str, otherwise: &str) -> Result<String> {
    variable(name)
        .ok_or_else(|| Error::configuration(format!("the environment variable {name} is not set: {otherwise}")))
}

/// A secret as the value of a header; the error does not show it.
pub(super) fn secret_header(what: &str, secret: &str) -> Result<HeaderValue> {
    let mut value = HeaderValue::from_str(secret).map_err(|_| {
        Error::configuration(format!("{what} has characters that no header can have: it was copied badly"))
    })?;
    value.set_sensitive(true);
    Ok(value)
}
