use std::fmt;
use std::str::FromStr;

use http::header::{AUTHORIZATION, HOST};
use http::{HeaderName, HeaderValue};

/// A header of the command line. It may be a secret.
#[derive(Clone)]
pub(super) struct Header(pub(super) HeaderName, pub(super) HeaderValue);

impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Header").field(&self.0).finish_non_exhaustive()
    }
}

impl FromStr for Header {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, value) = text.split_once(':').ok_or("a header is `Name: value`")?;
        let name: HeaderName = name.trim().parse().map_err(|_| format!("{name:?} is no name of a header"))?;
        if [AUTHORIZATION.as_str(), "dpop", HOST.as_str()].contains(&name.as_str()) {
            return Err(format!(
                "`{name}` is set by the program: `Authorization` and `DPoP` from the profile, `Host` from the URL"
            ));
        }
        let value =
            HeaderValue::from_str(value.trim()).map_err(|_| "the value holds what no header can hold".to_owned())?;
        Ok(Self(name, value))
    }
}
