//! The browser of the person before this machine.

use url::Url;

use crate::error::{Error, Result};

/// Opens the page in the person's browser; `Ok` where the system said that it would.
#[cfg(feature = "browser")]
pub(super) fn open(url: &Url) -> Result<()> {
    webbrowser::open(url.as_str()).map_err(|error| failure("there is none, or it does not start").with_source(error))
}

#[cfg(not(feature = "browser"))]
pub(super) fn open(_: &Url) -> Result<()> {
    Err(failure("the feature `browser` is off"))
}

pub(super) fn failure(reason: &str) -> Error {
    Error::unsupported(format!(
        "no browser can be opened ({reason}): show the address to the person with `.or_show(..)`, or open it with \
         `.open_with(..)`"
    ))
}
