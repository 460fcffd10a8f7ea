//! What people type where it is not: it does not compile, and the compiler says where it is.

use super::AccessDiscovery;
use crate::authorize::AuthorizationCode;
use crate::error::{Error, Result};

/// No type implements it: it carries the message. (A bound with a lifetime is checked where the method is called.)
#[diagnostic::on_unimplemented(
    message = "the access is not discovered yet",
    label = "`.await?` is missing before it",
    note = "`ResourceAccess::discover(url, redirect_uri).register(metadata).await?.login()?`"
)]
pub trait Discovered<'a> {}

#[doc(hidden)]
impl AccessDiscovery {
    pub fn login<'a>(&'a self) -> Result<AuthorizationCode>
    where
        Self: Discovered<'a>,
    {
        Err(Error::unsupported("the access is not discovered yet"))
    }
}
